// What script adds to pages that work without it: GOV.UK and MoJ components, drafts kept while typing, one submit per click.

document.body.classList.add('js-enabled')
if ('noModule' in HTMLScriptElement.prototype) document.body.classList.add('govuk-frontend-supported')

const WAIT_AFTER_TYPING = 1500
const WAIT_AFTER_FAILURE = 10000
const SUBMIT_LOCK = 8000
const LOOK_EVERY = 5000
const AFTER_THE_SERVER = 5000

startComponents()
for (const form of document.querySelectorAll('form')) submitOnce(form)
const drafts = [...document.querySelectorAll('form[data-autosave]')].map(keepDrafts)
for (const form of document.querySelectorAll('form[data-from-link]')) takeFromLink(form)
for (const button of document.querySelectorAll('[data-take-into]')) takeIntoForm(button)
for (const asked of document.querySelectorAll('[data-shown-by]')) showOnlyWhereAsked(asked)
const windows = 'BroadcastChannel' in window ? new BroadcastChannel('baton') : null
const answered = () => windows?.postMessage('answered')
if (document.body.dataset.secondsUnused) leaveWithTheSession()
if (document.querySelector('[data-nobody-is-signed-in]')) windows?.postMessage('signed out')

async function startComponents () {
  const { initAll } = await import('../govuk-frontend.min.js')
  initAll()
  if (document.querySelector('[data-module^="moj-"]')) {
    const moj = await import('../moj-frontend.min.js')
    moj.initAll()
  }
}

// A second click while the first is under way is not sent. The first is never held up.
function submitOnce (form) {
  let sentAt = 0
  form.addEventListener('submit', event => {
    if (Date.now() - sentAt < SUBMIT_LOCK) {
      event.preventDefault()
      return
    }
    sentAt = Date.now()
  })
  window.addEventListener('pageshow', () => { sentAt = 0 })
}

// Saves what is typed as a draft; the server keeps it for this person and this form.
function keepDrafts (form) {
  const status = form.querySelector('[data-autosave-status]')
  let timer = null
  let unsaved = false
  let sent = false
  let saving = null

  form.addEventListener('input', typed)
  form.addEventListener('change', typed)
  form.addEventListener('submit', event => {
    if (event.defaultPrevented) return
    sent = true
    clearTimeout(timer)
    if (saving) saving.abort()
  })
  window.addEventListener('pagehide', () => { if (unsaved && !sent) post(true).catch(() => {}) })
  window.addEventListener('pageshow', () => { sent = false })
  window.addEventListener('online', () => { if (unsaved) save() })

  function typed () {
    unsaved = true
    saveIn(WAIT_AFTER_TYPING)
  }

  function saveIn (milliseconds) {
    clearTimeout(timer)
    timer = setTimeout(save, milliseconds)
  }

  async function save () {
    if (sent || !unsaved) return
    unsaved = false
    if (saving) saving.abort()
    saving = new AbortController()
    const mine = saving
    try {
      const answer = await post(false, mine.signal)
      if (!answer.ok) throw new Error(`not saved: ${answer.status}`)
      answered()
      say(`Saved at ${clockTime()}`, false)
    } catch (error) {
      if (mine.signal.aborted) return
      unsaved = true
      say('Not saved yet – we will try again', true)
      saveIn(WAIT_AFTER_FAILURE)
    }
  }

  function post (leaving, signal) {
    const typedSoFar = new URLSearchParams()
    for (const [name, value] of new FormData(form)) {
      if (typeof value === 'string' && form.elements[name]?.type !== 'password') typedSoFar.append(name, value)
    }
    return fetch(form.dataset.autosave, {
      method: 'POST',
      body: typedSoFar,
      headers: { 'X-CSRFToken': typedSoFar.get('csrfmiddlewaretoken') ?? '' },
      credentials: 'same-origin',
      redirect: 'error',
      // a browser refuses to keep a request of more than 64 KB alive
      keepalive: leaving && typedSoFar.toString().length < 60000,
      signal
    })
  }

  function say (text, failed) {
    if (!status) return
    status.textContent = text
    status.classList.toggle('baton-saved--failed', failed)
  }

  return { save, isUnsaved: () => unsaved && !sent }
}

// When the session has ended, by its limits or because somebody signed out in another window, a page with a family's
// record is covered and left. What is typed and not yet saved is saved first: the server keeps it for who typed it.
function leaveWithTheSession () {
  const unused = Number(document.body.dataset.secondsUnused) * 1000
  const end = Date.now() + Number(document.body.dataset.secondsInAll) * 1000
  let unusedSince = Date.now()
  let leaving = false

  answered()
  windows?.addEventListener('message', ({ data }) => {
    if (data === 'answered') unusedSince = Date.now()
    if (data === 'signed out') leave()
  })
  setInterval(look, LOOK_EVERY)
  document.addEventListener('visibilitychange', look)
  window.addEventListener('pageshow', look)

  function look () {
    if (Date.now() > Math.min(unusedSince + unused, end) + AFTER_THE_SERVER) leave()
  }

  async function leave () {
    if (leaving) return
    leaving = true
    for (const part of document.body.children) part.hidden = true
    while (drafts.some(draft => draft.isUnsaved())) {
      await Promise.all(drafts.map(draft => draft.save()))
      if (drafts.some(draft => draft.isUnsaved())) await new Promise(resolve => setTimeout(resolve, WAIT_AFTER_FAILURE))
    }
    window.location.replace(window.location.href.split('#')[0])
  }
}

// The code of an invitation stands behind the # of its link, which no server is sent; the address is then cleaned of it.
function takeFromLink (form) {
  const code = window.location.hash.slice(1)
  if (!code) return
  form.elements[form.dataset.fromLink].value = code
  window.history.replaceState(null, '', window.location.pathname)
}

function clockTime () {
  return new Date().toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
}

// Where two people edited the same record: puts the other's words into the form, below one's own.
function takeIntoForm (button) {
  const control = document.getElementById(button.dataset.takeInto)
  if (!control) return
  button.hidden = false
  button.addEventListener('click', () => {
    const own = control instanceof HTMLTextAreaElement ? control.value.trim() : ''
    const theirs = button.dataset.takeText
    if (!own.includes(theirs.trim())) control.value = own ? `${own}\n\n${theirs}` : theirs
    control.dispatchEvent(new Event('input', { bubbles: true }))
    control.focus()
  })
}

// A question that only some answers to an earlier one lead to is shown with those. Without script all are shown, and
// the server leaves aside what the answer does not ask for.
function showOnlyWhereAsked (asked) {
  const answers = asked.dataset.shownFor.split(' ')
  const radios = document.querySelectorAll(`input[name="${asked.dataset.shownBy}"]`)
  const show = () => { asked.hidden = ![...radios].some(radio => radio.checked && answers.includes(radio.value)) }
  for (const radio of radios) radio.addEventListener('change', show)
  window.addEventListener('pageshow', show)
  show()
}
