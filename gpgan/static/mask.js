// The mask: a canvas that is never shown, opaque white where the source is wanted. What the hand
// sees is the photograph with a tint on it.
const history = []
const tool = () => find('[name=tool]:checked').value
const brushWidth = () => find('.brush').value * unit(left)
const remember = () => {
    history.push(pen(mask).getImageData(0, 0, mask.width, mask.height))
    if (history.length > 20) history.shift()
}

const stroke = (from, to) => {
    const p = pen(mask)
    p.globalCompositeOperation = tool() === 'erase' ? 'destination-out' : 'source-over'
    p.strokeStyle = 'white'
    p.lineCap = 'round'
    p.lineWidth = brushWidth()
    p.beginPath()
    p.moveTo(...from)
    p.lineTo(...to)
    p.stroke()
    p.globalCompositeOperation = 'source-over'
}

// x, y, width and height of the box between two corners, in whole pixels
const boxBetween = (from, to) => {
    const [x, X] = [from[0], to[0]].sort((a, b) => a - b).map(Math.round)
    const [y, Y] = [from[1], to[1]].sort((a, b) => a - b).map(Math.round)
    return [x, y, X - x, Y - y]
}

const tinted = () => {
    const tint = newCanvas(mask.width, mask.height), p = pen(tint)
    p.fillStyle = accent()
    p.fillRect(0, 0, tint.width, tint.height)
    p.globalCompositeOperation = 'destination-in'
    p.drawImage(mask, 0, 0)
    return tint
}

const drawMask = hover => {
    const p = pen(left)
    p.clearRect(0, 0, left.width, left.height)
    p.drawImage(source, 0, 0)
    p.globalAlpha = .55
    p.drawImage(tinted(), 0, 0)
    p.globalAlpha = 1
    p.strokeStyle = 'white'
    p.lineWidth = 1.5 * unit(left)
    p.shadowColor = 'black'
    p.shadowBlur = 3
    if (hover && hover.box) p.strokeRect(...boxBetween(hover.box, hover.at))
    else if (hover && tool() !== 'box') {
        p.beginPath()
        p.arc(...hover.at, brushWidth() / 2, 0, 7)
        p.stroke()
    }
    p.shadowBlur = 0
}

// the box around what is marked, in pixels of the source; null if nothing is
const markedBox = () => {
    const {data} = pen(mask).getImageData(0, 0, mask.width, mask.height)
    let x = mask.width, y = mask.height, X = -1, Y = -1
    for (let n = 0; n < mask.width * mask.height; n++) {
        if (data[4 * n + 3] <= 127) continue
        const u = n % mask.width, v = n / mask.width | 0
        if (u < x) x = u
        if (u > X) X = u
        if (v < y) y = v
        if (v > Y) Y = v
    }
    const f = props.source.width / mask.width
    return X < 0 ? null : {x: x * f, y: y * f, w: (X + 1 - x) * f, h: (Y + 1 - y) * f}
}

const maskChanged = () => {
    box = markedBox()
    mask.url = mask.toDataURL()
    drawMask()
    keepInside()
    send()
}
