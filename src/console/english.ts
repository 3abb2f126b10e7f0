/**
 * English: the console's texts, a line each: its name, a blank, the text.
 *
 * One text takes one slot of flash, an object of as many members a hundred. `{0}`, `{1}` ... are
 * replaced (texts.ts). French has the same names in the same order (french.ts).
 */
export const ENGLISH = `
greeting luminode, node {0}.
closed log in first: login SECRET
noSecret This lamp has no secret yet. To begin: secret NEW sets it, secret proposes one. Before that: status, help, language en|fr.
askSecret secret: 
badSecret a secret has {0} characters of ASCII, no spaces, at least 6 different ones; for example {1}
wrongSecret that is not this lamp's secret; the next guess is checked in {0} s
wait not checked: the wait begins anew, {0} s
loggedIn luminode {0}. Type help.
loggedOut logged out
alreadyOpen already logged in; logout ends the session
lacksKey This lamp of release holds no update key: it accepts no image, and needs one from the factory.
takenBack Settings that were applied and not confirmed were taken back: {0}.
proposal for example {0} - write it down. Type the new secret twice; nothing is shown. Ctrl-C leaves the old one.
proposalPlain for example {0}
again once more: 
secretsDiffer the two differ: the secret is unchanged
secretSet the secret is set; without it this console stays closed
tooLong the line is over 400 bytes and was ignored
overrun input came too fast and was partly lost: all up to this Return was discarded. Paste it slower, or with npx luminode provision
cut ended
cutPaste ended; lines dropped: {0}, nothing changed
paste paste it now; nothing is shown. Ctrl-C ends it.
swallowed line {0} is taken as part of the paste, not as a command; Ctrl-C ends it.
nothingImported import the export of the replaced lamp, then apply and confirm
importUnconfirmed the import is not in force: apply, then confirm, then nodeReplaced
pass pass
unknown unknown
fail FAIL
verdict verdict: {0}
notEnded the test did not end: another order came between
lampUnseen its light is not measured here; look: full, down in three steps, full
lampFails the light does not follow; replace lamp, driver or relay
storeUnseen too many writes to flash just now; test again in an hour
storeFails flash takes no more values; replace the node
heapUnseen memory is not cleaned yet; test again
heapFails memory runs out; restart, and report it
clockUnseen no date yet; time shows its source
clockFails the clock is in conflict with the sun; see time
notFitted none is fitted according to the settings
doubted its readings are in doubt: {0}
nobodyMoved nothing moved for 30 s; test it again and walk past
noReading no reading since the start
noBroker no broker is set
certificateKept {0} is kept; the next connection uses it
certificateNew {0} is checked; apply tries it, together with all that was set
noPair {0} is kept; the stored certificate belongs to another key: paste this key's certificate, too
pairUnknown {0} is kept; whether key and certificate belong together is not checked here
keysTaken its signature is verified next, at full light; then status shows the keys (+: on trial), or events the refusal
imported {0} settings edited; apply puts them in force
confirmReset this erases secrets, settings and data of the lamp. To do it: factoryReset {0}
confirmTime the clock is set by time servers: {0}. To replace it all the same: time {1} confirm
noInstant {0} is not a date with time of day and zone (Z is UTC); for example: {1}
tooEarly {0} is too early; the earliest date accepted: time {1}
tooLate {0} is too late; the latest date accepted: time {1}
unknownCommand unknown command: {0}. Type help.
typeWhole type it whole: {0}
ambiguous {0} may be: {1}
unknownName neither a command nor a setting: {0}
unknownSetting no setting is called {0}. show lists them all.
noneShown no setting fits {0}. show NAME, show SECTION ({1}), show PART or show changed
usage usage: {0}
notText the line is not UTF-8 and was ignored
edited {0} = {1}, set; apply puts it in force
trial on trial, {0} left, then back to {1}; confirm keeps, revert returns
proving on trial, connected: kept in {0}; confirm keeps at once, revert returns to {1}
former the settings before
waits set and not in force: apply tries it, revert drops it
stored the stored settings are in force, nothing is on trial
untilAt until {0}
forSpan for {0} min
confirmed kept
spoken the console is in English from now on
notDone not done: {0}
refused {0} is unchanged: {1}
rejected rejected: {0}
why.rateExceeded too many orders in a short time; wait a minute
why.storeFailure flash does not accept it now; test store shows why
why.noClock no trusted clock; time shows how to set it
why.outOfRange the value is out of range
override {0} {1}; people are still lit. clear ends it sooner
cleared no override is in force
identify the light changes every 2 s for {0} s
maintenance level held {0}, no alarms, no updates; maintenance end ends it sooner
maintained maintenance has ended
restart it restarts in 2 s, at the present level; log in again after that
replaced life and counters are taken over; it restarts in 2 s, at the present level
erased everything is erased in 2 s; it restarts as from the factory
noEvents no events
notKept the decision at {0} is no longer stored
connecting the wait before the next attempt is skipped
settings settings: show lists them, help NAME explains one
whyChain because: {0}
whyNext next: {0}
nextClear clear ends the order
nextMove movement raises it
nextProgram program {0}
nextDusk sunset {0}
nextDawn sunrise {0}
moved last movement {0} ago
notMoved no movement since the start
trusted trusted
identity node     {0}, serial {1}, {2}, software {3}
image image    {0}, slot {1}, update keys {2}
noUpdateKey none - no image is accepted
life life     {0} since {1}, up {2}
ended . The life before ended: {0}{1}{2}
endUnknown a reset of the hardware
endAt , at work on {0} ({1})
time time     {0}
light light    actual {0}, feedback {1}, target {2}, reason {3}, duty {4}
sensing sensing  presence {0}, photocell {1}, {2} ({3}){4}
night night    sunset {0}, sunrise {1}
meter meter    {0} W ({7}), used {1} kWh +-{2} %, saved {3} kWh, {4} h lit, switch-ons {5}{6}
reserved  (upper bounds since a power cut)
modelled modelled
measured measured
traffic traffic  road users {0} since {1}
link link     {0}, connection {1}
monitor monitor  {0}, losses of supply {1}
settingsState settings {0}
machine machine  bytes free {0}, internal errors {1}, flash writes {2}, erases {3}, years left {4}
energyNight night {0}  {1} kWh, old lamp {2} kWh
energyHour hour to {0}  {1} Wh
watched {0}, {1}, presence {2}, photocell {3}{4}, link {5}
up up {0}
noClock unknown: no trusted clock
noFault no fault
dark dark
notDark not dark
none none
noneFeminine none
set set
unset not set
channel channel
isNew new
network network  {0}, {1}, last trouble {2}{3}
cable cable
broker broker   {0}, {1}, connection {2}, last trouble {3}
brokerAt {0}, port {1}, {2}
nextTry , next attempt in {0} s
candidate , set to {0}
`;
