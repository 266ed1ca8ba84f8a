// Passkeys: asks the browser for one, and sends its answer with the form. Where there are none, the form stays hidden.

const bytes = text => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), letter => letter.charCodeAt(0))
const text = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '')

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll('form[data-passkey]')) offer(form)
}

function offer (form) {
  form.hidden = false
  let answered = false
  form.addEventListener('submit', async event => {
    if (answered) return
    event.preventDefault()
    event.stopImmediatePropagation()
    say(form, '')
    try {
      form.elements.credential.value = JSON.stringify(await credential(form))
    } catch {
      say(form, 'No passkey was used. Try again, or use another way.')
      return
    }
    answered = true
    form.submit()
  }, { capture: true })
}

function say (form, words) {
  form.querySelector('[data-passkey-status]').textContent = words
}

async function credential (form) {
  const asked = (await options(form)).publicKey
  if (form.dataset.passkey === 'create') return answer(await navigator.credentials.create({ publicKey: readCreation(asked) }))
  return answer(await navigator.credentials.get({ publicKey: readRequest(asked) }))
}

async function options (form) {
  const ready = form.querySelector('[data-passkey-asked]')
  if (ready) return JSON.parse(ready.textContent)
  const response = await fetch(form.dataset.passkeyOptions, { headers: { 'X-Requested-With': 'XMLHttpRequest' } })
  return (await response.json()).request_options
}

function readCreation (asked) {
  return {
    ...asked,
    challenge: bytes(asked.challenge),
    user: { ...asked.user, id: bytes(asked.user.id) },
    excludeCredentials: (asked.excludeCredentials || []).map(each => ({ ...each, id: bytes(each.id) }))
  }
}

function readRequest (asked) {
  return {
    ...asked,
    challenge: bytes(asked.challenge),
    allowCredentials: (asked.allowCredentials || []).map(each => ({ ...each, id: bytes(each.id) }))
  }
}

// The answer as allauth reads it: every run of bytes as text.
function answer (given) {
  const told = {}
  for (const name of ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle']) {
    if (given.response[name]) told[name] = text(given.response[name])
  }
  return {
    id: given.id,
    rawId: text(given.rawId),
    type: given.type,
    response: told,
    clientExtensionResults: given.getClientExtensionResults()
  }
}
