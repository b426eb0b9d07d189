// What both canvases share: pictures that load, positions of the pointer, the sentence below.
// Gradio gives `element`, `props`, `trigger` and `watch`; the files are read in one function,
// in the order shared, mask, place, pointer, python.
const find = name => element.querySelector(name)
const left = find('.source canvas'), right = find('.destination canvas')
const say = (text, bad) => {
    find('.said').textContent = text
    find('.said').classList.toggle('bad', !!bad)
}
const accent = () => getComputedStyle(element).getPropertyValue('--accent')

// the views of the photographs, the mask, the marked box in pixels of the source, the last blend
let source, destination, mask, box, blended
// the place of the source, in pixels of the destination, and its size
let at = [0, 0], scale = 1
// the number of the request, what is being dragged, and the timer of the next request
let turn = 0, moving = null, later

const newCanvas = (width, height) =>
    Object.assign(document.createElement('canvas'), {width, height})
const pen = canvas => canvas.getContext('2d', {willReadFrequently: true})
const load = url => new Promise((done, fail) => {
    const image = new Image()
    image.onload = () => done(image)
    image.onerror = fail
    image.src = url
})

// canvas pixels in a pixel of the screen
const unit = canvas => canvas.width / (canvas.clientWidth || canvas.width)

// the pointer's position, in pixels of the canvas
const position = (canvas, event) => {
    const area = canvas.getBoundingClientRect()
    const x = (event.clientX - area.left) * canvas.width / area.width
    const y = (event.clientY - area.top) * canvas.height / area.height
    return [x, y]
}

const fitCanvas = (canvas, image) => {
    Object.assign(canvas, {width: image.width, height: image.height})
    canvas.style.setProperty('--aspect', image.width / image.height)
}

// ask Python for a blend, after a pause in milliseconds
const send = (wait = 0) => {
    turn++
    blended = null
    draw()
    clearTimeout(later)
    props.value = {mask: mask.url, x: at[0], y: at[1], scale, turn}
    if (!box) return say('Nothing is marked yet: paint over the object, or drag a box around it')
    say('Blending…')
    later = setTimeout(() => trigger('input'), wait)
}
