class TextBuffer:
    def __init__(self, text=""):
        self.versions = [text]
        self.current = 0

    @property
    def text(self):
        return self.versions[self.current]

    def _save(self, text):
        del self.versions[self.current + 1 :]
        self.versions.append(text)
        self.current += 1

    def insert(self, position, piece):
        text = self.text
        if not 0 <= position <= len(text):
            raise IndexError(position)
        self._save(text[:position] + piece + text[position:])
        return len(self.text)

    def delete(self, position, count):
        text = self.text
        if not 0 <= position <= len(text):
            raise IndexError(position)
        if count < 0:
            raise ValueError(count)
        self._save(text[:position] + text[position + count :])
        return text[position : position + count]

    def undo(self):
        if self.current == 0:
            raise IndexError("nothing to undo")
        self.current -= 1
        return self.text

    def redo(self):
        if self.current == len(self.versions) - 1:
            raise IndexError("nothing to redo")
        self.current += 1
        return self.text
