// The pointer paints on the left and drags on the right. A corner scales about the middle of the
// object, which stays where it is.
let drawing = null
left.onpointerdown = event => {
    event.preventDefault()
    left.setPointerCapture(event.pointerId)
    remember()
    drawing = position(left, event)
    if (tool() !== 'box') stroke(drawing, drawing)
    drawMask({at: drawing, box: tool() === 'box' && drawing})
}
left.onpointermove = event => {
    const here = position(left, event)
    if (drawing && tool() !== 'box') {
        stroke(drawing, here)
        drawing = here
    }
    drawMask({at: here, box: tool() === 'box' && drawing})
}
left.onpointerup = left.onpointercancel = event => {
    if (!drawing) return
    if (tool() === 'box') {
        pen(mask).fillStyle = 'white'
        pen(mask).fillRect(...boxBetween(drawing, position(left, event)))
    }
    drawing = null
    maskChanged()
}
left.onpointerleave = () => drawing || drawMask()
find('.undo').onclick = () => {
    if (!history.length) return
    pen(mask).putImageData(history.pop(), 0, 0)
    maskChanged()
}
find('.clear').onclick = () => {
    remember()
    pen(mask).clearRect(0, 0, mask.width, mask.height)
    maskChanged()
}

// what the pointer holds there: 'corner', 'move' or nothing
const grip = ([x, y]) => {
    if (!box) return null
    const [a, b, w, h] = outline(), near = 14 * unit(right)
    const atEnd = (p, start, length) =>
        Math.abs(p - start) < near || Math.abs(p - start - length) < near
    const inside = (p, start, length) => p > start - near && p < start + length + near
    if (atEnd(x, a, w) && atEnd(y, b, h)) return 'corner'
    return inside(x, a, w) && inside(y, b, h) ? 'move' : null
}
const distance = ([x, y], [a, b]) => Math.hypot(x / shown() - a, y / shown() - b)
right.onpointerdown = event => {
    const here = position(right, event), kind = grip(here)
    if (!kind) return
    right.setPointerCapture(event.pointerId)
    turn++
    blended = null
    moving = {kind, here, from: middle(), scale}
    draw()
}
right.onpointermove = event => {
    const here = position(right, event)
    if (!moving) {
        const kind = grip(here)
        right.style.cursor = kind === 'corner' ? 'nwse-resize' : kind ? 'move' : 'default'
        return draw(true)
    }
    if (moving.kind === 'corner') {
        const before = Math.max(1, distance(moving.here, moving.from))
        return resize(moving.scale * distance(here, moving.from) / before)
    }
    moveMiddle([0, 1].map(k => moving.from[k] + (here[k] - moving.here[k]) / shown()))
    keepInside()
    draw()
}
right.onpointerup = right.onpointercancel = () => {
    if (!moving) return
    moving = null
    send()
}
right.onpointerleave = right.onblur = right.onfocus = () => draw()
right.onwheel = event => {
    if (!grip(position(right, event))) return
    event.preventDefault()
    resize(scale * 2 ** (-event.deltaY / 800))
    send(250)
}
right.onkeydown = event => {
    const step = event.shiftKey ? 10 : 1
    const ways = {ArrowLeft: [-step, 0], ArrowRight: [step, 0],
                  ArrowUp: [0, -step], ArrowDown: [0, step]}
    const way = ways[event.key]
    if (way && box) moveMiddle(middle().map((c, k) => c + way[k]))
    else if (event.key === '+') resize(scale * 1.02)
    else if (event.key === '-') resize(scale / 1.02)
    else return
    event.preventDefault()
    keepInside()
    send(250)
}

find('.scale').oninput = event => {
    resize(2 ** event.target.value)
    send(150)
}
find('.percent').onchange = event => {
    resize(event.target.value / 100)
    send()
}
find('.x').onchange = find('.y').onchange = () => {
    at = ['.x', '.y'].map(name => Math.round(find(name).value) || 0)
    keepInside()
    send()
}
find('.paste-only').onchange = () => draw()
