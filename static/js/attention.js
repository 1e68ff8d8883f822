// Takes the focus when it appears: an error summary, a refused act. Its links move the focus to the field.

export function lead(element) {
  element.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    field.focus();
    (field.closest(".ds-field, fieldset") ?? field).scrollIntoView({ block: "center" });
  });
}

export function start(element) {
  element.focus();
  lead(element);
}
