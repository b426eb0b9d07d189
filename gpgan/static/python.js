// The ties to Python. `trigger` tells it that something happened; `watch` hears its answers. An
// answer to an earlier turn is out of date and is left aside.
const open = (side, file) => {
    if (!file) return
    say(`Opening ${file.name}…`)
    const tell = data => trigger('opened', {side, name: file.name, size: file.size, data})
    if (file.size > props.bytes) return tell(null)
    const reader = new FileReader()
    reader.onload = () => tell(reader.result)
    reader.readAsDataURL(file)
}
for (const [side, canvas] of [['source', left], ['destination', right]]) {
    const input = find(`.${side} input[type=file]`)
    input.onchange = () => {
        open(side, input.files[0])
        input.value = ''
    }
    canvas.ondragover = event => event.preventDefault()
    canvas.ondrop = event => {
        event.preventDefault()
        open(side, event.dataTransfer.files[0])
    }
}

// the source in the middle of the destination, as large as it is or as fits
const fit = () => {
    const {width, height} = props.source, to = props.destination
    scale = Math.round(1000 * Math.min(1, to.width / width, to.height / height)) / 1000
    const rest = [to.width - Math.round(width * scale), to.height - Math.round(height * scale)]
    at = rest.map(n => Math.floor(n / 2))
}
const openSource = async () => {
    const image = await load(props.source.url)
    const marked = props.source.mask && await load(props.source.mask)
    source = image
    history.length = 0
    mask = newCanvas(image.width, image.height)
    if (marked) pen(mask).drawImage(marked, 0, 0)
    fitCanvas(left, image)
}
const openDestination = async () => {
    destination = await load(props.destination.url)
    fitCanvas(right, destination)
}

watch('source', async () => {
    await openSource()
    fit()
    maskChanged()
})
watch('destination', async () => {
    await openDestination()
    fit()
    maskChanged()
})
watch('answer', async () => {
    const {said, bad, url, turn: asked} = props.answer
    if (asked != null && asked !== turn) return
    clearTimeout(later)
    if (url) {
        const image = await load(url)
        if (asked === turn && !moving) blended = image
    }
    say(said, bad)
    draw()
})
watch('saved', async () => {
    if (!props.saved) return
    const {url, name, said} = props.saved
    const file = await (await fetch(url)).blob(), link = document.createElement('a')
    link.href = URL.createObjectURL(file)
    link.download = name
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 60000)
    say(said)
})
Promise.all([openSource(), openDestination()]).then(() => {
    fit()
    maskChanged()
})
