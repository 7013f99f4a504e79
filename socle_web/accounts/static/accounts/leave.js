/* Who signs out leaves nothing of what they typed in this browser. */
"use strict";
document.addEventListener("submit", (event) => {
  if (!new URL(event.target.action, location.href).pathname.endsWith("/logout/")) return;
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith("socle:")) localStorage.removeItem(key);
  } catch { /* forbidden: then nothing was kept either */ }
});
