// Small help on the participant's pages. Everything works without it.
// 1 The code of the QR stands after # in the address, which never reaches a server.
const kodfalt = document.getElementById("id_kod");
const kod = location.hash.slice(1).replace(/[^A-Za-z0-9]/g, "");
if (kodfalt && kod) {
  kodfalt.value = kod.replace(/(.{4})(?=.)/g, "$1 ");
  history.replaceState(null, "", location.pathname);
}

// 2 "Lyssna": the browser reads the question with its own voice, once more to stop.
const lyssna = document.querySelector("[data-lyssna]");
const text = document.querySelector("[data-las]");
if (lyssna && text && "speechSynthesis" in window) {
  lyssna.hidden = false;
  lyssna.addEventListener("click", () => {
    if (speechSynthesis.speaking) return speechSynthesis.cancel();
    const tal = new SpeechSynthesisUtterance(text.innerText);
    tal.lang = "sv-SE";
    tal.rate = 0.9;
    speechSynthesis.speak(tal);
  });
  addEventListener("pagehide", () => speechSynthesis.cancel());
}

// 3 The sum of the shares while they are chosen. A number that is typed goes before a quarter.
const summaruta = document.querySelector("[data-summa]");
if (summaruta) {
  const rakna = () => {
    let summa = 0;
    for (const del of document.querySelectorAll("form fieldset")) {
      const annan = del.querySelector("input[type=text]").value.trim();
      const vald = del.querySelector("input:checked");
      summa += Number(annan || (vald ? vald.value : 0)) || 0;
    }
    const stammer = summa >= 99 && summa <= 101;
    summaruta.hidden = !summa;
    summaruta.classList.toggle("stammer", stammer);
    summaruta.lastElementChild.textContent = `Tillsammans blir det ${summa} %. ${stammer ? "Det stämmer." : "Det ska bli 100 %."}`;
  };
  document.addEventListener("input", rakna);
  rakna();
}

// 4 Without a network nothing is sent; the page stays and says so.
for (const form of document.querySelectorAll("form")) {
  form.addEventListener("submit", (handelse) => {
    const ruta = document.querySelector("[data-utan-nat]");
    if (!ruta || !form.hasAttribute("data-skicka")) return;
    ruta.hidden = navigator.onLine;
    if (!navigator.onLine) handelse.preventDefault();
  });
}
