def fill(template, values):
    return template.format(**values)
