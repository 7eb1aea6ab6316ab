// Fills the code of the invitation from the address, and takes it out of the address and the history.
// Without script the person types or pastes it.
// The signs of a code never need decoding; anything else stands as it is and is told to be wrong.
const kod = location.hash.slice(1);
const falt = document.getElementById("id_kod");
if (kod && falt) {
  falt.value = kod;
  history.replaceState(null, "", location.pathname);
  document.getElementById("id_losenord").focus();
}
