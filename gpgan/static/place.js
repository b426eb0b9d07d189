// The destination. While the object moves, the canvas shows a plain paste; once it rests, the
// blend.
const shown = () => right.width / props.destination.width // canvas pixels in one of the photograph
const outline = () => {
    const f = shown()
    return [(at[0] + box.x * scale) * f, (at[1] + box.y * scale) * f,
            box.w * scale * f, box.h * scale * f]
}
const middle = () =>
    [at[0] + (box.x + box.w / 2) * scale, at[1] + (box.y + box.h / 2) * scale]
const moveMiddle = ([x, y]) => {
    const corner = [x - (box.x + box.w / 2) * scale, y - (box.y + box.h / 2) * scale]
    at = corner.map(Math.round)
}
const clamp = (x, low, high) => Math.min(Math.max(x, low), high)

// the middle of the object stays in the frame; the numbers below say where it is
const keepInside = () => {
    const {width, height} = props.destination
    if (box) {
        const [x, y] = middle(), X = clamp(x, 0, width), Y = clamp(y, 0, height)
        if (X !== x || Y !== y) moveMiddle([X, Y])
    }
    find('.x').value = at[0]
    find('.y').value = at[1]
    find('.scale').value = Math.log2(scale)
    find('.percent').value = +(scale * 100).toFixed(1)
}

const resize = to => {
    const here = box && middle()
    scale = Math.round(1000 * clamp(to, .03, 4)) / 1000 || 1
    if (here) moveMiddle(here)
    keepInside()
    draw()
}

const drawPaste = p => {
    const object = newCanvas(source.width, source.height), q = pen(object)
    const f = shown() * scale * props.source.width / source.width
    q.drawImage(mask, 0, 0)
    q.globalCompositeOperation = 'source-in'
    q.drawImage(source, 0, 0)
    p.drawImage(destination, 0, 0)
    p.drawImage(object, at[0] * shown(), at[1] * shown(), object.width * f, object.height * f)
}

const drawHandles = p => {
    const [x, y, w, h] = outline(), u = unit(right)
    p.strokeStyle = 'white'
    p.lineWidth = 1.5 * u
    p.shadowColor = 'black'
    p.shadowBlur = 4
    p.setLineDash([6 * u, 4 * u])
    p.strokeRect(x, y, w, h)
    p.setLineDash([])
    p.fillStyle = 'white'
    for (const [a, b] of [[x, y], [x + w, y], [x, y + h], [x + w, y + h]]) {
        p.beginPath()
        p.arc(a, b, 6 * u, 0, 7)
        p.fill()
    }
    p.shadowBlur = 0
}

const draw = hover => {
    if (!source || !destination) return
    const p = pen(right)
    if (blended && !find('.paste-only').checked)
        p.drawImage(blended, 0, 0, right.width, right.height)
    else drawPaste(p)
    if (box && (hover || moving || document.activeElement === right)) drawHandles(p)
}
