/* What is typed is kept: at the server every few seconds, in this browser while there is no connection.
   And what it would change is said while it is typed. Everything works without this file. */
"use strict";
(() => {
  const OURS = "socle:";
  const SKIPPED = new Set(["csrfmiddlewaretoken", "place", "page", "typist", "version", "sheet", "once"]);
  const keep = (key, value) => { try { localStorage.setItem(key, value); } catch { /* full, or forbidden: the server has its copy */ } };
  const forget = (wanted) => {
    try {
      for (const key of Object.keys(localStorage)) if (key.startsWith(OURS) && wanted(key)) localStorage.removeItem(key);
    } catch { /* forbidden */ }
  };

  const saved = document.querySelector("[data-saved]");
  const sent = sessionStorage.getItem(`${OURS}sent`);
  if (saved && sent) {
    forget((key) => key === sent);
    sessionStorage.removeItem(`${OURS}sent`);
  }

  const form = document.querySelector("form[data-work]");
  if (!form) return;
  const { typing, consequence } = form.dataset;
  const told = form.querySelector("[data-state]");
  const said = document.getElementById("consequence");
  const own = `${OURS}${form.elements.typist.value}:`;
  const key = `${own}${form.elements.place.value}`;
  forget((other) => !other.startsWith(own));

  const typed = () => [...new FormData(form)].filter(([name]) => !SKIPPED.has(name));
  const written = () => JSON.stringify(typed());
  const first = written();
  let last = first, keeping = null, asking = null, timer = 0, debounce = 0;

  const fill = (pairs) => {
    const values = new Map();
    for (const [name, value] of pairs) values.set(name, [...(values.get(name) ?? []), value]);
    for (const field of form.elements) {
      if (!field.name || SKIPPED.has(field.name) || field.type === "submit") continue;
      const texts = values.get(field.name) ?? [];
      if (field.type === "checkbox" || field.type === "radio") field.checked = texts.includes(field.value);
      else field.value = texts[0] ?? "";
    }
    for (const part of form.querySelectorAll("details.part")) part.open = true;
  };

  const offered = document.querySelector("[data-offline]");
  const copy = (() => { try { return localStorage.getItem(key); } catch { return null; } })();
  if (copy && copy === first) forget((one) => one === key);
  else if (copy && offered) {
    offered.hidden = false;
    offered.querySelector("[data-offline-use]").addEventListener("click", () => { fill(JSON.parse(copy)); offered.hidden = true; changed(); });
    offered.querySelector("[data-offline-drop]").addEventListener("click", () => { forget((one) => one === key); offered.hidden = true; });
  }

  const keepTyping = async () => {
    timer = 0;
    const now = written();
    if (now === last) return;
    keeping?.abort();
    keeping = new AbortController();
    try {
      const answer = await fetch(typing, { method: "POST", body: new FormData(form), redirect: "manual", signal: keeping.signal });
      if (answer.ok) {
        last = now;
        forget((one) => one === key);
        told.textContent = `${form.dataset.kept} ${(await answer.json()).at}`;
      } else {
        keep(key, now);
        told.textContent = form.dataset.signedOut;
      }
    } catch (error) {
      if (error.name === "AbortError") return;
      keep(key, now);
      told.textContent = form.dataset.offlineSaid;
      timer ||= setTimeout(keepTyping, 5000);
    }
  };

  const ask = async () => {
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(consequence, { method: "POST", body: new FormData(form), redirect: "manual", signal: asking.signal });
      if (answer.ok && answer.status === 200) said.innerHTML = await answer.text();
    } catch { /* no connection: nothing is said */ }
  };

  function changed() {
    timer ||= setTimeout(keepTyping, 5000);
    if (consequence) {
      clearTimeout(debounce);
      debounce = setTimeout(ask, 500);
    }
  }

  form.addEventListener("input", (event) => {
    const record = event.target.closest("[data-record]");
    if (record) {
      const option = [...(record.list?.options ?? [])].find((one) => one.value === record.value);
      form.querySelector(`[data-said="${record.getAttribute("list")}"]`).textContent = option ? option.label : "";
    }
    changed();
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    keeping?.abort();
    asking?.abort();
    keep(key, written());
    if (!navigator.onLine) {
      event.preventDefault();
      told.textContent = form.dataset.offlineSaid;
      return;
    }
    sessionStorage.setItem(`${OURS}sent`, key);
  });
  window.addEventListener("online", keepTyping);
  form.querySelector("[data-ask]")?.setAttribute("hidden", "");
  if (consequence && first !== "[]") ask();
})();
