// Shows the copy button where the browser can copy, and says when it has. How to copy by hand
// stands where there is no button, and comes back when copying fails.
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  const byHand = document.querySelector(`[data-copy-by-hand="${button.dataset.copy}"]`);
  button.hidden = false;
  if (byHand) byHand.hidden = true;
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      if (byHand) byHand.hidden = false;
      return;
    }
    button.textContent = button.dataset.copied;
  });
}
