// Lines of a list of files, from the templates in it: data-on-its-way and data-attached.

export function lineOf(list, name) {
  return list.querySelector(`template[data-${name}]`).content.firstElementChild.cloneNode(true);
}

export function fill(line, said) {
  Object.entries(said).forEach(([name, words]) => {
    line.querySelectorAll(`[data-${name}]`).forEach((part) => { part.textContent = words; });
  });
}

// As the server would draw it: with a button by which the form takes it back.
export function attached(list, file) {
  const line = lineOf(list, "attached");
  fill(line, { name: file.name, size: file.size });
  line.querySelector("[name=remove]").value = file.pk;
  return line;
}
