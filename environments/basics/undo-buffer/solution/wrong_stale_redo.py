class TextBuffer:
    def __init__(self, text=""):
        self.text = text
        self.done = []
        self.undone = []

    def insert(self, position, piece):
        if position < 0 or position > len(self.text):
            raise IndexError("position out of range")
        if piece:
            self.done.append(self.text)
            self.text = self.text[:position] + piece + self.text[position:]
        return len(self.text)

    def delete(self, position, count):
        if position < 0 or position > len(self.text):
            raise IndexError("position out of range")
        if count < 0:
            raise ValueError("negative count")
        removed = self.text[position : position + count]
        if removed:
            self.done.append(self.text)
            self.text = self.text[:position] + self.text[position + count :]
        return removed

    def undo(self):
        if not self.done:
            raise IndexError("nothing to undo")
        self.undone.append(self.text)
        self.text = self.done.pop()
        return self.text

    def redo(self):
        if not self.undone:
            raise IndexError("nothing to redo")
        self.done.append(self.text)
        self.text = self.undone.pop()
        return self.text
