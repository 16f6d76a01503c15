#!/usr/bin/env python3
"""Paints the pictures of the demo journal into scripts/demo/media.

Everything is drawn by this file from numbers: no photograph, no font outline and no foreign drawing
is used, so that the demo may be given away with the program. The results are committed; this runs
only when a picture is to change. Needs Python 3 and ImageMagick's convert. Same seeds, same pictures.

    scripts/demo/paint.py            every picture
    scripts/demo/paint.py aurora …   only those whose name contains a word

What the pictures show, and their alternative texts, is in journal.json beside this file.
"""

import math
import os
import random
import subprocess
import sys
import tempfile
from array import array

HERE = os.path.dirname(os.path.abspath(__file__))
MEDIA = os.path.join(HERE, "media")


# ---- colour and noise -------------------------------------------------------------------------

def rgb(text):
    """'#rrggbb' as three floats of 0 to 255."""
    return tuple(int(text[i:i + 2], 16) for i in (1, 3, 5))


def mix(a, b, t):
    return tuple(x + (y - x) * t for x, y in zip(a, b))


def ramp(stops, t):
    """The colour at t in a list of (position, colour), positions ascending."""
    if t <= stops[0][0]:
        return stops[0][1]
    for (p, a), (q, b) in zip(stops, stops[1:]):
        if t <= q:
            return mix(a, b, (t - p) / (q - p))
    return stops[-1][1]


class Noise:
    """Smooth value noise in one dimension; `at` is in -1 to 1."""

    def __init__(self, seed):
        rng = random.Random(seed)
        self.values = [rng.uniform(-1, 1) for _ in range(512)]

    def at(self, x):
        i = math.floor(x)
        f = x - i
        f = f * f * (3 - 2 * f)
        a, b = self.values[i & 511], self.values[(i + 1) & 511]
        return a + (b - a) * f

    def fractal(self, x, octaves=5, gain=0.5):
        total, size, norm = 0.0, 1.0, 0.0
        for k in range(octaves):
            total += self.at(x * 2 ** k + 37.7 * k) * size
            norm += size
            size *= gain
        return total / norm


# ---- a canvas of pixels -----------------------------------------------------------------------

class Canvas:
    def __init__(self, w, h):
        self.w, self.h = w, h
        self.px = array("f", bytes(4 * 3 * w * h))

    def blend(self, x, y, colour, alpha):
        if 0 <= x < self.w and 0 <= y < self.h:
            i = 3 * (y * self.w + x)
            p = self.px
            for k in range(3):
                p[i + k] += (colour[k] - p[i + k]) * alpha

    def add(self, x, y, colour, amount):
        if 0 <= x < self.w and 0 <= y < self.h:
            i = 3 * (y * self.w + x)
            for k in range(3):
                self.px[i + k] += colour[k] * amount

    def sky(self, stops):
        for y in range(self.h):
            row = array("f", ramp(stops, y / self.h)) * self.w
            self.px[3 * y * self.w:3 * (y + 1) * self.w] = row

    def glow(self, cx, cy, radius, colour, strength, squash=1.0):
        for y in range(max(0, int(cy - radius * squash)), min(self.h, int(cy + radius * squash) + 1)):
            for x in range(max(0, int(cx - radius)), min(self.w, int(cx + radius) + 1)):
                d = math.hypot(x - cx, (y - cy) / squash) / radius
                if d < 1:
                    self.add(x, y, colour, strength * (1 - d) ** 2)

    def disc(self, cx, cy, r, colour, alpha=1.0):
        for y in range(int(cy - r) - 1, int(cy + r) + 3):
            for x in range(int(cx - r) - 1, int(cx + r) + 3):
                cover = min(1.0, max(0.0, r + 0.5 - math.hypot(x - cx, y - cy)))
                if cover:
                    self.blend(x, y, colour, cover * alpha)

    def ridge(self, tops, near, far, depth, ground=None):
        """Fills from tops[x] down, from the colour `near` to `far` at `depth` below the bare ground."""
        for x, top in enumerate(tops):
            start = ground[x] if ground else top
            first = max(0, math.floor(top))
            if first >= self.h:
                continue
            cover = 1 - (top - first) if top >= 0 else 1.0
            for y in range(first, self.h):
                t = min(1.0, (y - start) / depth) if y > start else 0.0
                self.blend(x, y, mix(near, far, t), cover)
                cover = 1.0

    def stars(self, rng, count, floor, tint=(255, 250, 238)):
        for _ in range(count):
            x, y = rng.uniform(0, self.w), floor * rng.random() ** 0.9
            size = rng.random() ** 7
            colour = mix(tint, rng.choice([(190, 210, 255), (255, 220, 180)]), rng.random() * 0.5)
            reach = 1 + int(size * 4)
            for dy in range(-reach, reach + 1):
                for dx in range(-reach, reach + 1):
                    d = math.hypot(int(x) + dx - x, int(y) + dy - y)
                    light = (0.34 + 0.8 * size) * math.exp(-d * d / (0.35 + 1.1 * size))
                    if light > 0.01:
                        self.add(int(x) + dx, int(y) + dy, colour, light)

    def grain(self, seed, amount):
        """Very little of it, and soft, or JPEG spends its bytes on it; it hides banding."""
        rng = random.Random(seed)
        table = [rng.gauss(0, amount) for _ in range(65536 + 7)]
        p, at = self.px, 0
        for i in range(0, len(p), 3):
            at = (at + 1) if at < 65535 else rng.randrange(997)
            n = table[at]
            p[i] += n
            p[i + 1] += n
            p[i + 2] += n

    def save(self, name, *options):
        data = bytes(min(255, max(0, int(v + 0.5))) for v in self.px)
        with tempfile.NamedTemporaryFile(suffix=".ppm", delete=False) as f:
            f.write(b"P6 %d %d 255\n" % (self.w, self.h) + data)
        convert(f.name, name, *options)


def convert(source, name, *options):
    target = os.path.join(MEDIA, name)
    os.makedirs(os.path.dirname(target), exist_ok=True)
    subprocess.run(["convert", source, *options, "-strip", target], check=True)
    os.unlink(source)


# ---- what stands on a skyline: all of it is a list of heights, one for each column --------------

def hills(w, seed, base, height, scale, octaves=5, gain=0.46):
    noise = Noise(seed)
    return [base - height * noise.fractal(x / scale + seed, octaves, gain) for x in range(w)]


def firs(tops, rng, where, tall, spacing):
    """Conifers on the ridge, denser where the function `where` of x is near 1."""
    out, x = list(tops), 0.0
    while x < len(tops):
        if rng.random() < where(x):
            h = tall * rng.uniform(0.45, 1.0)
            foot = tops[int(x)] + 3
            half = h * rng.uniform(0.17, 0.24)
            for c in range(max(0, int(x - half)), min(len(out), int(x + half) + 1)):
                d = min(1.0, abs(c - x) / half)
                ragged = 0.06 * h * math.sin(d * 21 + x)
                out[c] = min(out[c], foot - h * (1 - d) ** 1.25 - ragged * (1 - d) * d * 3)
        x += spacing * rng.uniform(0.4, 1.6)
    return out


def block(tops, x0, x1, top, slope=0.0):
    for c in range(max(0, int(x0)), min(len(tops), int(x1) + 1)):
        tops[c] = min(tops[c], top + slope * (c - x0))


def gable(tops, x0, x1, eaves, rise):
    middle = (x0 + x1) / 2
    for c in range(max(0, int(x0)), min(len(tops), int(x1) + 1)):
        tops[c] = min(tops[c], eaves - rise * (1 - abs(c - middle) / ((x1 - x0) / 2)))


def tower(tops, x, foot, w, h, roof):
    """A church tower with four pinnacles, or with a low pyramid if `roof` is 'cap'; returns its dial."""
    top = foot - h
    block(tops, x - w / 2, x + w / 2, top)
    if roof == "cap":
        gable(tops, x - w * 0.56, x + w * 0.56, top, w * 0.55)
        block(tops, x - 1, x + 1, top - w * 0.85)
    else:
        n = 7
        for k in range(n):
            if k % 2 == 0:
                block(tops, x - w / 2 + w * k / n, x - w / 2 + w * (k + 1) / n - 1, top - w * 0.09)
        for side in (-1, 1):
            edge = x + side * w * 0.45
            gable(tops, edge - w * 0.07, edge + w * 0.07, top - w * 0.12, w * 0.4)
    block(tops, x + w / 2, x + w * 1.9, foot - h * 0.36)
    gable(tops, x + w / 2, x + w * 2.0, foot - h * 0.33, h * 0.16)
    return x, top + w * 0.52, w * 0.27


def village(tops, rng, x0, x1, foot, size):
    """Roofs and chimneys; returns where lamps might burn."""
    lamps, x = [], x0
    while x < x1:
        w, h = size * rng.uniform(0.8, 1.6), size * rng.uniform(0.5, 0.8)
        base = foot(x)
        block(tops, x, x + w, base - h)
        gable(tops, x - 2, x + w + 2, base - h, size * rng.uniform(0.35, 0.5))
        block(tops, x + w * 0.75, x + w * 0.75 + size * 0.12, base - h - size * 0.52)
        for _ in range(rng.randrange(0, 3)):
            lamps.append((x + w * rng.uniform(0.2, 0.8), base - h * rng.uniform(0.3, 0.7)))
        x += w * rng.uniform(0.8, 1.5)
    return lamps


def dial(canvas, place, lit, hands, dark):
    """The tower's dial with its hands at (hour, minute)."""
    x, y, r = place
    if lit:
        canvas.glow(x, y, r * 9, lit, 0.22)
        canvas.glow(x, y, r * 3, lit, 0.3)
    canvas.disc(x, y, r, lit or (225, 220, 205))
    for turn, reach, wide in ((hands[0] / 12 + hands[1] / 720, 0.5, r * 0.09), (hands[1] / 60, 0.82, r * 0.06)):
        for k in range(60):
            d = r * reach * k / 59
            canvas.disc(x + d * math.sin(2 * math.pi * turn), y - d * math.cos(2 * math.pi * turn),
                        max(0.5, wide), dark)


# ---- the landscapes ---------------------------------------------------------------------------

def paint_snow():
    """Hagworth under snow, the dial at twenty past eight."""
    w, h = 1600, 1000
    c, rng = Canvas(w, h), random.Random(11)
    c.sky([(0, rgb("#8fa3b5")), (0.42, rgb("#d8d9d6")), (0.6, rgb("#f3e6d6")), (1, rgb("#f6efe6"))])
    c.glow(430, 520, 620, (255, 226, 190), 0.32, 0.7)
    shades = ["#c9d0d6", "#aab6c1", "#8a9aa9", "#667a8c", "#455a6d"]
    for k, shade in enumerate(shades):
        ground = tops = hills(w, 40 + 7 * k, 500 + 62 * k, 150 - 12 * k, 520 - 60 * k)
        if k >= 3:
            wood = Noise(70 + k)
            tops = firs(tops, rng, lambda x, n=wood: 0.9 if n.at(x / 130) > 0.05 else 0.04, 26 + 16 * (k - 2), 7)
        c.ridge(tops, rgb(shade), mix(rgb(shade), (246, 242, 236), 0.62), 260, ground)
    near = hills(w, 93, 850, 60, 760, 3)
    foot = lambda x: near[min(w - 1, max(0, int(x)))] + 8
    skyline = list(near)
    lamps = village(skyline, rng, 560, 1330, foot, 46)
    place = tower(skyline, 910, foot(910), 74, 265, "pinnacles")
    wood = Noise(5)
    skyline = firs(skyline, rng, lambda x: (0.9 if x < 440 or x > 1400 else 0.0) * (wood.at(x / 90) > -0.35), 118, 15)
    c.ridge(skyline, rgb("#22303d"), rgb("#31424f"), 200)
    c.ridge([y + 34 + 6 * math.sin(x / 90) for x, y in enumerate(near)], rgb("#eef0f0"), rgb("#c9d3da"), 170)
    dial(c, place, (250, 214, 140), (8, 20), (40, 38, 40))
    for x, y in lamps:
        c.glow(x, y, 26, (255, 190, 100), 0.35)
        c.disc(x, y, 3.2, (255, 214, 140))
    for _ in range(1500):
        s = rng.random() ** 3
        c.disc(rng.uniform(0, w), rng.uniform(0, h), 0.7 + 2.6 * s, (255, 255, 255), 0.75 - 0.35 * s)
    c.grain(1, 1.6)
    c.save("2018/hagworth-snow.jpg", "-quality", "80")


def paint_stars():
    """Tarnhow at night, the Milky Way over it, both hands near one o'clock."""
    w, h = 1600, 1067
    c, rng = Canvas(w, h), random.Random(23)
    c.sky([(0, rgb("#070b1c")), (0.45, rgb("#14213f")), (0.8, rgb("#3a4a66")), (1, rgb("#6b6a72"))])
    bands = [Noise(k) for k in range(6)]
    for y in range(0, 880):
        for x in range(w):
            across = (x - 1060 + (y - 300) * 0.85) / 1.31
            if abs(across) > 330:
                continue
            along = y * 0.8 - x * 0.5
            a = bands[0].fractal(across / 120 + bands[1].at(along / 160) * 1.3, 4)
            b = bands[2].fractal(along / 170 + bands[3].at(across / 90) * 1.2, 4)
            dust = bands[4].fractal(across / 60 + bands[5].fractal(along / 110, 3) * 2.2, 3)
            light = math.exp(-(across / 150) ** 2) * (0.62 + 0.55 * a + 0.4 * b)
            light *= 1 - 0.75 * math.exp(-((across + 18 + 60 * dust) / 38) ** 2)
            if light > 0:
                c.add(x, y, (118, 120, 150), light * (1 - y / 1000) * 0.62)
    c.stars(rng, 2600, 860)
    for _ in range(900):
        t = rng.gauss(0, 95)
        y = rng.uniform(0, 820)
        c.add(int(1060 - (y - 300) * 0.85 + t * 1.31), int(y), (255, 250, 240), rng.uniform(0.2, 0.7))
    for k, shade in enumerate(["#2c3a55", "#1d2a43", "#121c30"]):
        tops = hills(w, 140 + 9 * k, 800 + 52 * k, 120 - 20 * k, 560 - 90 * k)
        c.ridge(tops, rgb(shade), mix(rgb(shade), (96, 102, 120), 0.35), 300)
    near = hills(w, 63, 965, 40, 640, 3)
    foot = lambda x: near[min(w - 1, max(0, int(x)))] + 8
    skyline = list(near)
    lamps = village(skyline, rng, 90, 760, foot, 40)
    place = tower(skyline, 420, foot(420), 92, 330, "cap")
    skyline = firs(skyline, rng, lambda x: 0.85 if x > 1080 or x < 60 else 0.02, 120, 15)
    c.ridge(skyline, rgb("#060a14"), rgb("#0a101c"), 100)
    dial(c, place, (255, 206, 120), (1, 0), (40, 26, 14))
    for x, y in lamps[::2]:
        c.glow(x, y, 30, (255, 180, 90), 0.4)
        c.disc(x, y, 3, (255, 205, 130))
    c.grain(2, 1.5)
    c.save("2018/tarnhow-night.jpg", "-quality", "78")


def paint_heat():
    """The dale on the hottest day: hazy layers of amber, a white sun."""
    w, h = 1200, 800
    c, rng = Canvas(w, h), random.Random(5)
    c.sky([(0, rgb("#d98a4e")), (0.5, rgb("#f3c583")), (1, rgb("#fbe7bd"))])
    c.glow(820, 210, 520, (255, 244, 214), 0.55)
    c.disc(820, 210, 50, (255, 252, 238))
    for k, shade in enumerate(["#e3ab72", "#cf8d5b", "#b06f4a", "#85503b", "#57352c"]):
        ground = tops = hills(w, 210 + 5 * k, 400 + 78 * k, 120 - 12 * k, 430 - 40 * k)
        if k >= 3:
            wood = Noise(170 + k)
            tops = firs(tops, rng, lambda x, n=wood: 0.8 if n.at(x / 100) > 0.12 else 0.02, 22 + 14 * (k - 2), 7)
        c.ridge(tops, rgb(shade), mix(rgb(shade), (252, 222, 170), 0.5), 230, ground)
    near = hills(w, 313, 748, 26, 500, 3)
    skyline = list(near)
    foot = lambda x: near[min(w - 1, max(0, int(x)))] + 6
    village(skyline, rng, 150, 520, foot, 34)
    place = tower(skyline, 330, foot(330), 62, 220, "pinnacles")
    c.ridge(skyline, rgb("#2c1a17"), rgb("#3c251e"), 120)
    dial(c, place, None, (3, 52), (50, 34, 28))
    c.grain(3, 1.6)
    c.save("2022/heat.jpg", "-quality", "80")


def paint_aurora():
    """Red and green curtains over Birkrigg."""
    w, h = 1600, 1067
    c, rng = Canvas(w, h), random.Random(31)
    c.sky([(0, rgb("#0b0a20")), (0.5, rgb("#141b3a")), (0.85, rgb("#1d3b49")), (1, rgb("#24414a"))])
    c.stars(rng, 1500, 820)
    folds = [Noise(300 + k) for k in range(8)]
    for curtain, (base, spread, power) in enumerate(((640, 90, 0.8), (700, 60, 1.0), (560, 120, 0.55))):
        n = folds[curtain]
        fine = folds[curtain + 4]
        for x in range(w):
            bend = x + 110 * n.at(x / 210 + 3)
            foot = base + spread * n.fractal(bend / 340 + curtain * 9, 3)
            rays = 0.42 + 0.35 * fine.fractal(bend / 46, 3) + 0.32 * n.at(bend / 300 + 50)
            rays = max(0.0, rays) * power
            tall = 520 + 170 * fine.at(bend / 120)
            for y in range(0, min(h, int(foot) + 110)):
                up = (foot - y) / tall
                if up < 0:
                    light = math.exp(-(up * tall / 52) ** 2)
                    up = 0.0
                else:
                    light = (1 - up) ** 1.15 if up < 1 else 0.0
                if light * rays <= 0.004:
                    continue
                colour = ramp(((0, (70, 190, 130)), (0.16, (96, 160, 120)), (0.36, (150, 70, 110)),
                               (0.7, (170, 40, 84)), (1, (110, 20, 90))), up)
                c.add(x, y, colour, light * rays * 0.72)
    for k, shade in enumerate(["#16283a", "#0e1b2b", "#08111d"]):
        tops = hills(w, 411 + 9 * k, 800 + 60 * k, 130 - 22 * k, 600 - 90 * k)
        c.ridge(tops, rgb(shade), mix(rgb(shade), (52, 92, 92), 0.35), 300)
    near = hills(w, 463, 985, 34, 620, 3)
    skyline = list(near)
    foot = lambda x: near[min(w - 1, max(0, int(x)))] + 8
    place = tower(skyline, 1180, foot(1180), 84, 250, "pinnacles")
    skyline = firs(skyline, rng, lambda x: 0.8 if x < 620 or x > 1480 else 0.03, 96, 13)
    c.ridge(skyline, rgb("#04070d"), rgb("#070b12"), 100)
    dial(c, place, (255, 204, 124), (11, 50), (40, 26, 14))
    c.grain(4, 1.5)
    c.save("2024/aurora.jpg", "-quality", "78")


def paint_panorama():
    """Ellerdale from the leads of Ellerhead tower, before sunrise in January."""
    w, h = 2000, 620
    c, rng = Canvas(w, h), random.Random(47)
    c.sky([(0, rgb("#5b6f92")), (0.3, rgb("#a99db0")), (0.5, rgb("#e8b7a0")), (0.68, rgb("#f9dcb4")), (1, rgb("#fbe9cf"))])
    c.glow(1330, 330, 760, (255, 206, 140), 0.3, 0.5)
    c.disc(1330, 326, 27, (262, 256, 238))
    shades = ["#c7a9ab", "#a892a3", "#87809a", "#69698a", "#4d5475", "#37415f", "#252f48"]
    for k, shade in enumerate(shades):
        ground = tops = hills(w, 500 + 11 * k, 318 + 41 * k, 112 - 9 * k, 560 - 52 * k)
        if k >= 4:
            wood = Noise(570 + k)
            tops = firs(tops, rng, lambda x, n=wood: 0.85 if n.at(x / 120) > 0.1 else 0.03, 12 + 9 * (k - 3), 6)
        c.ridge(tops, rgb(shade), mix(rgb(shade), (250, 222, 196), 0.6), 150 + 10 * k, ground)
    near = hills(w, 613, 580, 22, 700, 3)
    skyline = list(near)
    foot = lambda x: near[min(w - 1, max(0, int(x)))] + 6
    lamps = village(skyline, rng, 330, 760, foot, 24) + village(skyline, rng, 1560, 1840, foot, 22)
    place = tower(skyline, 560, foot(560), 40, 138, "pinnacles")
    other = tower(skyline, 1690, foot(1690), 34, 116, "cap")
    skyline = firs(skyline, rng, lambda x: 0.75 if 900 < x < 1380 or x > 1880 or x < 200 else 0.05, 52, 9)
    c.ridge(skyline, rgb("#141b2c"), rgb("#1f273a"), 80)
    for p in (place, other):
        dial(c, p, (255, 216, 140), (8, 14), (50, 36, 24))
    for x, y in lamps:
        c.disc(x, y, 2.0, (255, 210, 130))
    c.grain(5, 1.4)
    c.save("2026/ellerdale-panorama.jpg", "-quality", "80")


def paint_eclipse():
    """Nine suns of one evening, sinking westward, bitten and mended."""
    w, h = 1400, 900
    c = Canvas(w, h)
    c.sky([(0, rgb("#1c2440")), (0.45, rgb("#5b4a63")), (0.78, rgb("#d0805a")), (1, rgb("#f0b070"))])
    for k in range(9):
        t = k / 8
        x, y, r = 150 + 1100 * t, 130 + 520 * t ** 1.08, 44
        phase = (t - 0.5) * 2
        mx, my = x - phase * 1.9 * r - 4, y - phase * 0.9 * r - 6 * (1 - abs(phase))
        light = min(1.0, math.hypot(x - mx, y - my) / (2 * r))
        c.glow(x, y, 150, (255, 220, 160), 0.10 + 0.22 * light)
        for py in range(int(y - r) - 2, int(y + r) + 3):
            for px in range(int(x - r) - 2, int(x + r) + 3):
                sun = min(1.0, max(0.0, r + 0.5 - math.hypot(px - x, py - y)))
                moon = min(1.0, max(0.0, math.hypot(px - mx, py - my) - r + 0.5))
                if sun * moon:
                    limb = math.hypot(px - x, py - y) / r
                    c.blend(px, py, mix((255, 252, 236), (255, 206, 120), limb ** 3), sun * moon)
    for k, shade in enumerate(["#6d4a55", "#46354a", "#251f33"]):
        tops = hills(w, 620 + 9 * k, 715 + 58 * k, 96 - 16 * k, 480 - 60 * k)
        c.ridge(tops, rgb(shade), mix(rgb(shade), (214, 130, 96), 0.4), 240)
    near = hills(w, 655, 868, 24, 500, 3)
    skyline = list(near)
    tower(skyline, 300, near[300] + 8, 70, 205, "cap")
    rng = random.Random(3)
    skyline = firs(skyline, rng, lambda x: 0.75 if x > 800 or x < 90 else 0.02, 70, 12)
    c.ridge(skyline, rgb("#0f0d18"), rgb("#15121f"), 80)
    c.grain(6, 1.2)
    c.save("2026/eclipse.webp", "-quality", "82", "-define", "webp:method=6")


def paint_waves():
    """A woodcut in three inks: the sea at Saltersgate, tall."""
    w, h = 1000, 1500
    paper, ink, red, blue = rgb("#f3ead7"), rgb("#1f3047"), rgb("#c4512d"), rgb("#6f93a3")
    c = Canvas(w, h)
    n = [Noise(700 + k) for k in range(6)]
    horizon = 560

    def edge(d, soft=1.1):
        return min(1.0, max(0.0, 0.5 + d / soft))

    rolls = []  # (base, height, length, shift), far to near
    y, step = horizon, 22.0
    while y < h + 260:
        rolls.append((y, step * 0.95, step * 4.6, (len(rolls) * 0.37) % 1))
        y += step
        step *= 1.235
    crest = []
    for k, (base, height, length, shift) in enumerate(rolls):
        line = []
        for x in range(w):
            p = (x / length + shift + 0.16 * n[k % 4].at(x / (length * 1.1) + k * 7)) % 1
            lean = p ** 1.5
            peak = (1 - abs(math.sin(math.pi * lean))) ** 1.25 * 0.8 + 0.2 * math.cos(2 * math.pi * lean)
            line.append(base - height * (0.95 + 0.4 * n[4].at(x / length * 0.7 + k)) * peak)
        crest.append(line)
    for y in range(h):
        for x in range(w):
            if y < horizon + 40:
                d = math.hypot(x - 640, y - 330)
                colour = mix(paper, red, edge(178 - d))
                sky = math.sin((y + 16 * n[0].fractal(x / 330 + y / 900, 3)) / 8.2)
                weight = 0.98 - 1.5 * max(0.0, 1 - y / 520)
                weight += 0.5 * n[1].fractal(x / 210 + y / 40.0, 3)
                colour = mix(colour, ink, edge((sky - max(weight, -0.55) - 0.12) * 12) if d > 186 else 0.0)
                if d <= 178:
                    colour = mix(colour, paper, edge((math.sin(y / 6.1) - 0.35 - (330 - y) / 190) * 5) * (y > 310))
            else:
                colour = paper
            hit = -1
            for k in range(len(rolls) - 1, -1, -1):
                if y >= crest[k][x] - 1:
                    hit = k
                    break
            if hit >= 0:
                base, height, length, shift = rolls[hit]
                below = y - crest[hit][x]
                deep = below / (height * 2.3)
                cut = 2.5 + height * 0.062
                flow = below + height * 0.16 * n[2].fractal(x / (length * 0.3) + hit * 5, 2)
                line = math.sin(flow / cut * 1.9)
                weight = 0.75 - 1.75 * min(1.0, deep)
                body = mix(paper, blue, 0.85 * min(1.0, max(0.0, deep * 1.6 - 0.15)))
                shade = mix(body, ink, edge((line - weight) * 2.2))
                foam = height * (0.13 + 0.09 * n[3].fractal(x / (length * 0.16) + hit * 3, 3))
                shade = mix(shade, paper, edge(foam - below) if below > 1.5 + height * 0.02 else 0.0)
                rim = 1.4 + height * 0.022
                shade = mix(shade, ink, edge(rim - below))
                colour = mix(colour, shade, edge(below + 0.5))
            c.blend(x, y, colour, 1.0)
    for y in range(h):  # the border of the block, printed a little unevenly
        for x in range(w):
            d = min(x, y, w - 1 - x, h - 1 - y) + 2.2 * n[5].fractal((x + y) / 60, 2)
            if d < 46:
                c.blend(x, y, paper, edge(40 - d))
                c.blend(x, y, ink, edge(3.2 - abs(d - 42)))
    for bx, by, s in ((236, 505, 26), (318, 462, 19), (170, 468, 15), (392, 512, 13)):
        for k in range(-60, 61):
            t = k / 60
            c.disc(bx + s * t, by - s * 0.42 * math.sin(math.pi * abs(t)) + s * 0.2 * abs(t), 2.3 * (1.1 - abs(t)), ink)
    c.save("2024/saltersgate-waves.png", "+dither", "-colors", "24")


# ---- drawings: one small vector language, written as SVG or handed to convert --------------------

class Drawing:
    def __init__(self, w, h, paper="#f7f1e4"):
        self.w, self.h, self.paper, self.shapes = w, h, paper, []

    def path(self, d, stroke="none", width=1.0, fill="none", opacity=1.0):
        self.shapes.append((d, stroke, width, fill, opacity))

    def line(self, points, **style):
        self.path("M" + " L".join(f"{x:.1f},{y:.1f}" for x, y in points), **style)

    def circle(self, x, y, r, **style):
        self.path(f"M{x - r:.1f},{y:.1f} A{r:.1f},{r:.1f} 0 1 1 {x + r:.1f},{y:.1f} "
                  f"A{r:.1f},{r:.1f} 0 1 1 {x - r:.1f},{y:.1f} Z", **style)

    def text(self, x, y, words, size, colour="#4a4238", anchor="start", italic=False):
        self.shapes.append((x, y, words, size, colour, anchor, italic))

    def png(self, name, *options):
        """Drawn at twice its size and halved, which is smoother than convert's own edges."""
        out = [f"viewbox 0 0 {2 * self.w} {2 * self.h}", f"fill '{self.paper}' stroke none",
               f"rectangle 0,0 {2 * self.w},{2 * self.h}", "scale 2,2",
               "stroke-linecap round stroke-linejoin round"]
        for shape in self.shapes:
            if len(shape) == 5:
                d, stroke, width, fill, opacity = shape
                out.append(f"push graphic-context opacity {opacity:g} fill '{fill}' stroke '{stroke}' "
                           f"stroke-width {width:g} path '{d}' pop graphic-context")
            else:
                x, y, words, size, colour, anchor, italic = shape
                font = "DejaVu-Serif-Italic" if italic else "DejaVu-Serif"
                out.append(f"push graphic-context stroke none fill '{colour}' font {font} font-size {size:g} "
                           f"text-anchor {anchor} text {x:.1f},{y:.1f} '{words}' pop graphic-context")
        with tempfile.NamedTemporaryFile("w", suffix=".mvg", delete=False, encoding="utf-8") as f:
            f.write("\n".join(out) + "\n")
        source = f.name
        target = os.path.join(MEDIA, name)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        subprocess.run(["convert", "-size", f"{2 * self.w}x{2 * self.h}", "mvg:" + source, "-filter", "Box",
                        "-resize", "50%", "-depth", "8", *options, "-strip", target], check=True)
        os.unlink(source)


INK = "#2d3a30"


def along(points, t):
    """Place and direction at t of 0 to 1 on a quadratic curve of three points."""
    (ax, ay), (bx, by), (cx, cy) = points
    u = 1 - t
    x = u * u * ax + 2 * u * t * bx + t * t * cx
    y = u * u * ay + 2 * u * t * by + t * t * cy
    return x, y, math.atan2(2 * u * (by - ay) + 2 * t * (cy - by), 2 * u * (bx - ax) + 2 * t * (cx - bx))


def leaf(d, x, y, angle, length, width, fill, veins=True, ink=INK):
    """A pointed leaf from its stalk outward, with a wash that misses the line a little."""
    ca, sa = math.cos(angle), math.sin(angle)

    def at(u, v):
        return f"{x + u * ca - v * sa:.1f},{y + u * sa + v * ca:.1f}"

    shape = (f"M{at(0, 0)} C{at(length * .22, width * .75)} {at(length * .68, width * .62)} {at(length, 0)} "
             f"C{at(length * .7, -width * .62)} {at(length * .24, -width * .8)} {at(0, 0)} Z")
    d.path(shape, fill=fill, opacity=0.75)
    d.path(shape, stroke=ink, width=max(0.7, length * 0.013))
    if veins and length > 22:
        d.path(f"M{at(0, 0)} Q{at(length * .5, width * .05)} {at(length * .93, 0)}", stroke=ink, width=0.8)


def stem(d, points, width, ink=INK):
    (ax, ay), (bx, by), (cx, cy) = points
    d.path(f"M{ax:.1f},{ay:.1f} Q{bx:.1f},{by:.1f} {cx:.1f},{cy:.1f}", stroke=ink, width=width)


def frame(d):
    d.path(f"M22,22 H{d.w - 22} V{d.h - 22} H22 Z", stroke="#b9ad95", width=1.2)


def paint_fern():
    """Polypody: three fronds from one root."""
    d, rng = Drawing(640, 860), random.Random(8)
    frame(d)
    for points, n, size in ((((318, 800), (150, 560), (196, 140)), 25, 92), (((322, 800), (400, 520), (474, 92)), 27, 100),
                            (((326, 802), (500, 690), (560, 470)), 17, 62)):
        stem(d, points, 3)
        for k in range(n):
            t = 0.2 + 0.79 * k / (n - 1)
            x, y, a = along(points, t)
            long = size * math.sin(math.pi * min(1.0, 0.28 + 0.72 * (t - 0.2) / 0.8)) ** 0.8 + 5
            for side in (-1, 1):
                tilt = a + side * (1.28 - 0.42 * t) + rng.uniform(-0.05, 0.05)
                leaf(d, x, y, tilt, long, long * 0.13 + 4, rng.choice(["#9db58a", "#8aa67c", "#a9bd8f"]))
    for k in range(9):
        stem(d, ((320, 800), (320 + 30 * (k - 4), 816), (320 + 46 * (k - 4), 812 + 12 * rng.random())), 1.2, "#6b5a48")
    d.png("2020/polypody.png", "+dither", "-colors", "96", "-define", "png:compression-level=9")


def bell(d, x, y, tilt, size, fill):
    ca, sa = math.cos(tilt), math.sin(tilt)

    def at(u, v):  # u across, v down
        return f"{x + u * ca - v * sa:.1f},{y + u * sa + v * ca:.1f}"

    s = size
    shape = (f"M{at(0, 0)} C{at(-.52 * s, .02 * s)} {at(-.42 * s, .62 * s)} {at(-.62 * s, 1.02 * s)} "
             f"L{at(-.3 * s, .84 * s)} L{at(0, 1.1 * s)} L{at(.3 * s, .84 * s)} L{at(.62 * s, 1.02 * s)} "
             f"C{at(.42 * s, .62 * s)} {at(.52 * s, .02 * s)} {at(0, 0)} Z")
    d.path(shape, fill=fill, opacity=0.8)
    d.path(shape, stroke="#39456b", width=1.3)
    for v in (-.28, 0, .28):
        d.path(f"M{at(v * .5 * s, .1 * s)} Q{at(v * s, .5 * s)} {at(v * 1.05 * s, (.8 if v else 1.0) * s)}",
               stroke="#39456b", width=0.7)
    for v in (-.3, .3):
        d.path(f"M{at(0, 0)} Q{at(v * .8 * s, -.02 * s)} {at(v * 1.2 * s, -.16 * s)}", stroke=INK, width=1.4)


def paint_harebell():
    d, rng = Drawing(640, 860), random.Random(12)
    frame(d)
    blues = ["#9aa8d8", "#8797cf", "#aab6e0"]
    stalks = (((300, 806), (250, 520), (180, 220)), ((306, 806), (330, 480), (372, 130)), ((312, 806), (420, 560), (486, 330)),
              ((298, 806), (200, 640), (158, 470)))
    for k, points in enumerate(stalks):
        stem(d, points, 1.9)
        x, y, _ = along(points, 1)
        side = 1 if x > 300 else -1
        d.path(f"M{x:.1f},{y:.1f} C{x + side * 10:.1f},{y - 34:.1f} {x + side * 44:.1f},{y - 34:.1f} {x + side * 46:.1f},{y + 4:.1f}",
               stroke=INK, width=1.8)
        bell(d, x + side * 46, y + 4, -side * 0.12, 66 - 6 * (k % 3), blues[k % 3])
        for t in (0.22, 0.4, 0.58, 0.74):
            px, py, a = along(points, t)
            turn = 1 if rng.random() < 0.5 else -1
            leaf(d, px, py, a + turn * 0.5, 74 - 50 * t, 4.5, "#a9bd8f", veins=False)
        px, py, a = along(points, 0.8)
        bx, by = px - side * 52, py - 34
        stem(d, ((px, py), (px - side * 18, py - 46), (bx, by)), 1.3)
        bell(d, bx, by, side * 0.25, 34, blues[(k + 1) % 3])
    for k in range(13):
        a = -math.pi * (0.06 + 0.88 * k / 12)
        r = 52 + 22 * rng.random()
        x, y = 304 + r * math.cos(a) * 1.4, 806 + r * math.sin(a) * 0.62
        stem(d, ((304, 806), ((304 + x) / 2, y), (x, y)), 1.0)
        d.circle(x, y, 9 + 4 * rng.random(), fill="#a9bd8f", stroke=INK, width=1.0)
    d.png("2020/harebell.png", "+dither", "-colors", "96", "-define", "png:compression-level=9")


def ivy_leaf(d, x, y, angle, size, fill):
    lobes = [(0, 0), (-.42, .62), (.02, .44), (.2, .98), (.46, .42), (1.12, 0)]
    pts = lobes + [(u, -v) for u, v in reversed(lobes[1:-1])]
    ca, sa = math.cos(angle), math.sin(angle)
    place = [(x + size * (u * ca - v * sa), y + size * (u * sa + v * ca)) for u, v in pts]
    out = f"M{place[0][0]:.1f},{place[0][1]:.1f}"
    n = len(place)
    for k in range(1, n + 1):
        (px, py), (qx, qy) = place[k - 1], place[k % n]
        mx, my = (px + qx) / 2, (py + qy) / 2
        pull = 0.1 if k % 2 else -0.02
        out += f" Q{mx + (my - y) * pull - (mx - x) * -0.12:.1f},{my - (mx - x) * pull + (my - y) * 0.12:.1f} {qx:.1f},{qy:.1f}"
    d.path(out + " Z", fill=fill, opacity=0.85)
    d.path(out + " Z", stroke=INK, width=1.3)
    for k in (1, 3, 5, 7, 9):
        px, py = place[k]
        d.line([(x, y), (x + (px - x) * .86, y + (py - y) * .86)], stroke="#5c7258", width=0.9)


def paint_ivy():
    d, rng = Drawing(640, 860), random.Random(6)
    frame(d)
    vines = (((150, 836), (60, 520), (330, 360)), ((330, 360), (520, 250), (424, 128)), ((220, 470), (470, 520), (560, 360)),
             ((120, 690), (330, 740), (470, 600)))
    for i, points in enumerate(vines):
        stem(d, points, 4.2 - i * 0.6, "#5b4a3a")
        for k in range(30):
            x, y, a = along(points, k / 29)
            d.line([(x, y), (x + 5 * math.cos(a + 1.9), y + 5 * math.sin(a + 1.9))], stroke="#7a6753", width=0.8)
        n = 9 if i < 2 else 7
        for k in range(n):
            t = 0.1 + 0.9 * k / (n - 1)
            x, y, a = along(points, t)
            side = 1 if k % 2 else -1
            turn = a + side * rng.uniform(0.7, 1.15) if k < n - 1 else a
            reach = rng.uniform(16, 30)
            size = (58 - 26 * t) * rng.uniform(0.85, 1.15)
            lx, ly = x + reach * math.cos(turn), y + reach * math.sin(turn)
            stem(d, ((x, y), ((x + lx) / 2 + 4, (y + ly) / 2 - 4), (lx, ly)), 1.6, "#5b4a3a")
            ivy_leaf(d, lx, ly, turn, size, rng.choice(["#7f9a76", "#6d8b68", "#93aa80", "#889f6e"]))
    d.png("2020/ivy.webp", "-quality", "84", "-define", "webp:method=6")


def paint_toadflax():
    """Ivy-leaved toadflax: threads, round five-pointed leaves, small lilac mouths."""
    d, rng = Drawing(640, 860), random.Random(19)
    frame(d)
    threads = (((90, 60), (210, 330), (130, 600)), ((90, 60), (330, 200), (300, 480)), ((210, 250), (300, 520), (250, 790)),
               ((250, 200), (470, 260), (450, 560)), ((300, 480), (360, 640), (430, 780)), ((380, 300), (560, 380), (560, 660)))
    for points in threads:
        stem(d, points, 1.7, "#7d4f55")
    for points in threads:
        n = 8
        for k in range(n):
            t = (k + 0.6) / n
            x, y, a = along(points, t)
            side = 1 if k % 2 else -1
            turn = a + side * rng.uniform(0.8, 1.3)
            reach = rng.uniform(24, 44)
            lx, ly = x + reach * math.cos(turn), y + reach * math.sin(turn)
            stem(d, ((x, y), ((x + lx) / 2, (y + ly) / 2 + 5), (lx, ly)), 1.1, "#7d4f55")
            if k % 3 == 2:
                for u, v, r, fill in ((-8, -11, 8.5, "#b9a3d0"), (8, -12, 8.5, "#b9a3d0"), (-10, 7, 8, "#cdbbe0"), (10, 7, 8, "#cdbbe0"),
                                      (0, 12, 8, "#cdbbe0")):
                    d.circle(lx + u, ly + v, r, fill=fill, stroke="#5b4778", width=1.0)
                d.circle(lx, ly + 1, 5.6, fill="#ecca5c", stroke="#8d6d28", width=1.0)
            else:
                s = rng.uniform(17, 27)
                out = ""
                for j in range(11):
                    b = turn + math.pi + (j - 5) * 2 * math.pi / 11.6 + math.pi
                    r = s * (1.12 if j % 2 else 0.86)
                    out += f"{'M' if not out else ' L'}{lx + r * math.cos(b):.1f},{ly + r * math.sin(b):.1f}"
                out += f" L{lx:.1f},{ly:.1f} Z"
                d.path(out, fill=rng.choice(["#a9bd8f", "#94ae83", "#b5c79a"]), opacity=0.85)
                d.path(out, stroke=INK, width=1.2)
                for j in (1, 3, 5, 7, 9):
                    b = turn + math.pi + (j - 5) * 2 * math.pi / 11.6 + math.pi
                    d.line([(lx, ly), (lx + s * .85 * math.cos(b), ly + s * .85 * math.sin(b))], stroke="#6f8766", width=0.8)
    d.png("2020/toadflax.png", "+dither", "-colors", "48", "-define", "png:compression-level=9")


def paint_spleenwort():
    """Maidenhair spleenwort: black wires, each with its pairs of small round leaves."""
    d, rng = Drawing(640, 860), random.Random(27)
    frame(d)
    wires = (((316, 700), (180, 560), (96, 300)), ((318, 696), (250, 420), (190, 128)), ((322, 694), (350, 380), (318, 76)),
             ((326, 696), (430, 420), (452, 120)), ((330, 700), (500, 560), (560, 316)), ((314, 706), (200, 690), (92, 560)),
             ((332, 706), (450, 690), (556, 590)))
    for points in wires:
        stem(d, points, 2.4, "#33231c")
        reach = math.hypot(points[2][0] - points[0][0], points[2][1] - points[0][1])
        n = int(reach / 21)
        for k in range(n):
            t = 0.14 + 0.86 * k / (n - 1)
            x, y, a = along(points, t)
            size = 25 * math.sin(math.pi * (0.2 + 0.72 * t)) ** 0.7
            for side in (-1, 1):
                turn = a + side * (1.42 + rng.uniform(-0.12, 0.12))
                ca, sa = math.cos(turn), math.sin(turn)
                at = lambda u, v: f"{x + u * ca - v * sa:.1f},{y + u * sa + v * ca:.1f}"
                s = size * rng.uniform(0.9, 1.1)
                shape = (f"M{at(2, 0)} C{at(s * .2, s * .62)} {at(s * .95, s * .6)} {at(s * 1.12, s * .1)} "
                         f"C{at(s * 1.15, -s * .42)} {at(s * .35, -s * .5)} {at(2, 0)} Z")
                d.path(shape, fill=rng.choice(["#9db58a", "#8aa67c", "#b0c295"]), stroke=INK, width=1.0)
    for k in range(11):
        x = 324 + 15 * (k - 5)
        stem(d, ((324, 702), (x, 712), (x + 6 * (k - 5), 744 + 26 * rng.random())), 1.1, "#6b5a48")
    for y0, x0, x1 in ((716, 60, 262), (716, 386, 580), (782, 40, 600)):
        stem(d, ((x0, y0 + 4), ((x0 + x1) / 2, y0 - 7), (x1, y0 + 3)), 1.4, "#a3967f")
    stem(d, ((196, 720), (190, 750), (198, 780)), 1.2, "#a3967f")
    stem(d, ((462, 720), (470, 750), (460, 780)), 1.2, "#a3967f")
    d.png("2020/spleenwort.png", "+dither", "-colors", "96", "-define", "png:compression-level=9")


def paint_dandelion():
    """A dandelion clock, half told."""
    d, rng = Drawing(640, 860), random.Random(33)
    frame(d)
    cx, cy = 300, 300

    def seed(x, y, a, reach, ink="#4a463c"):
        ex, ey = x + reach * math.cos(a), y + reach * math.sin(a)
        d.line([(x, y), (ex, ey)], stroke=ink, width=0.8)
        for k in range(9):
            b = a + (k - 4) * 0.27
            r = reach * 0.36 * (1 - 0.03 * abs(k - 4))
            d.line([(ex, ey), (ex + r * math.cos(b), ey + r * math.sin(b))], stroke=ink, width=0.55)
        ca, sa = math.cos(a), math.sin(a)
        d.line([(x, y), (x - 13 * ca, y - 13 * sa)], stroke="#6b4d2c", width=2.6)

    stem(d, ((cx, cy), (cx + 6, 560), (cx + 44, 762)), 7, "#7d8f63")
    stem(d, ((cx, cy), (cx + 6, 560), (cx + 44, 762)), 4.6, "#b9c79b")
    for ring, (n, r0, reach) in enumerate(((34, 27, 104), (25, 22, 78), (15, 16, 52))):
        for k in range(n):
            a = 2 * math.pi * k / n + ring * 0.11
            gone = -0.95 < math.atan2(math.sin(a + 0.1), math.cos(a + 0.1)) < 0.62
            if gone and rng.random() < 0.92:
                continue
            seed(cx + r0 * math.cos(a), cy + r0 * math.sin(a), a, reach * rng.uniform(0.95, 1.05))
    d.circle(cx, cy, 16, fill="#e4dcc2", stroke="#6b5a48", width=1.3)
    for k in range(26):
        a, r = 2.4 * k, 2.9 * math.sqrt(k)
        d.circle(cx + r * math.cos(a), cy + r * math.sin(a), 0.9, fill="#6b5a48")
    for k in range(7):
        leaf(d, cx, cy + 12, math.pi / 2 + (k - 3) * 0.42, 30, 5, "#a9bd8f", veins=False)
    for x, y, a in ((446, 214, -0.5), (510, 150, -0.9), (528, 292, -0.35), (470, 96, -1.1), (556, 226, -0.6)):
        seed(x, y, a, 46 * rng.uniform(0.85, 1.1))
    for side, tip, drop in ((-1, 200, 36), (1, 216, 22), (-1, 120, -60), (1, 128, -76)):
        bx, by = cx + 44, 762
        out, back = f"M{bx},{by}", ""
        n = 7
        for k in range(1, n + 1):
            t = k / n
            x, y = bx + side * tip * t, by - drop * t - 58 * math.sin(math.pi * t * 0.8)
            w = 7 + 20 * math.sin(math.pi * min(1, t * 0.98)) * (0.6 + 0.4 * t)
            out += f" L{x - side * 12:.1f},{y - w * .35:.1f} L{x - side * 17:.1f},{y - w * 1.15:.1f}" if k < n else f" L{x:.1f},{y:.1f}"
            if k < n:
                back = f" L{x - side * 17:.1f},{y + w:.1f} L{x - side * 12:.1f},{y + w * .3:.1f}" + back
        d.path(out + back + " Z", fill="#9db58a", opacity=0.85)
        d.path(out + back + " Z", stroke=INK, width=1.3)
    d.png("2020/dandelion.png", "+dither", "-colors", "96", "-define", "png:compression-level=9")


def paint_escapement():
    """An anchor over a wheel of thirty teeth, as one sees it from the back of the clock at Hagworth."""
    d = Drawing(900, 760)
    frame(d)
    cx, cy, r, n = 450, 478, 190, 30
    brass, steel = "#e3c98a", "#aeb8bf"
    out = ""
    for k in range(n):
        a = 2 * math.pi * (k + 0.25) / n - math.pi / 2
        step = 2 * math.pi / n
        for off, rad in ((0.0, r), (0.05, r), (0.34, r - 34), (0.86, r - 36), (0.93, r - 26)):
            b = a + off * step
            out += f"{'M' if not out else ' L'}{cx + rad * math.cos(b):.1f},{cy + rad * math.sin(b):.1f}"
    d.path(out + " Z", fill=brass, stroke="#4b3d1e", width=1.8)
    d.circle(cx, cy, r - 54, fill="#f7f1e4", stroke="#4b3d1e", width=1.6)
    for k in range(5):
        a = 2 * math.pi * k / 5 + 0.3
        left, right = a - 0.055, a + 0.055
        d.path(f"M{cx + 30 * math.cos(a - .3):.1f},{cy + 30 * math.sin(a - .3):.1f} L{cx + (r - 53) * math.cos(left):.1f},"
               f"{cy + (r - 53) * math.sin(left):.1f} L{cx + (r - 53) * math.cos(right):.1f},{cy + (r - 53) * math.sin(right):.1f} "
               f"L{cx + 30 * math.cos(a + .3):.1f},{cy + 30 * math.sin(a + .3):.1f} Z", fill=brass, stroke="#4b3d1e", width=1.4)
    d.circle(cx, cy, 38, fill=brass, stroke="#4b3d1e", width=1.8)
    d.circle(cx, cy, 11, fill=steel, stroke="#2d3338", width=1.6)
    ax, ay = cx, 219
    d.path(f"M{ax - 26},{ay + 4} C{ax - 90},{ay + 10} {ax - 150},{ay + 62} {ax - 172},{ay + 148} L{ax - 120},{ay + 136} "
           f"L{ax - 132},{ay + 118} C{ax - 112},{ay + 74} {ax - 70},{ay + 52} {ax},{ay + 50} "
           f"C{ax + 70},{ay + 52} {ax + 112},{ay + 74} {ax + 128},{ay + 122} L{ax + 108},{ay + 142} L{ax + 166},{ay + 132} "
           f"C{ax + 150},{ay + 62} {ax + 90},{ay + 10} {ax + 26},{ay + 4} Z", fill=steel, stroke="#2d3338", width=2)
    d.path(f"M{ax - 9},{ay - 110} V{ay} H{ax + 9} V{ay - 110} Z", fill=steel, stroke="#2d3338", width=1.6)
    d.circle(ax, ay + 16, 36, fill=steel, stroke="#2d3338", width=2)
    d.circle(ax, ay + 16, 12, fill="#f7f1e4", stroke="#2d3338", width=1.6)
    for sx in (-1, 1):  # the pendulum's way, as draughtsmen dot it
        px, py = ax, ay - 110
        d.path(f"M{px},{py} L{px + sx * 62},{720}", stroke="#8a2b1d", width=1.1, opacity=0.55)
    d.path(f"M{ax - 62},{720} Q{ax},{728} {ax + 62},{720}", stroke="#8a2b1d", width=1.4, opacity=0.8)
    d.path(f"M{cx + 252},{cy - 92} A268,268 0 0 1 {cx + 262},{cy + 58}", stroke="#8a2b1d", width=1.6)
    d.path(f"M{cx + 250},{cy + 44} L{cx + 261},{cy + 62} L{cx + 275},{cy + 47}", stroke="#8a2b1d", width=1.6)
    for k in range(17):
        y = ay - 110
        d.line([(ax - 80 + 10 * k, y), (ax - 88 + 10 * k, y - 10)], stroke="#4b3d1e", width=1)
    d.line([(ax - 84, ay - 110), (ax + 84, ay - 110)], stroke="#4b3d1e", width=2)
    d.png("2018/escapement.png", "+dither", "-colors", "96", "-define", "png:compression-level=9")


ROMAN = ["XII", "I", "II", "III", "IIII", "V", "VI", "VII", "VIII", "IX", "X", "XI"]


def paint_dial():
    """A skeleton dial, its numerals built of straight strokes, at ten past ten."""
    d = Drawing(900, 900)
    c, gold, blue = 450, "#c79a3b", "#22324a"
    d.circle(c, c, 418, fill="#2a3d59", stroke="#16202f", width=5)
    d.circle(c, c, 404, stroke=gold, width=3)
    d.circle(c, c, 362, stroke=gold, width=2)
    d.circle(c, c, 232, stroke=gold, width=2)
    for k in range(60):
        a = math.pi * k / 30
        inner = 362 if k % 5 else 366
        d.line([(c + inner * math.sin(a), c - inner * math.cos(a)), (c + 402 * math.sin(a), c - 402 * math.cos(a))],
               stroke=gold, width=2 if k % 5 else 9)
    for k, letters in enumerate(ROMAN):
        a = math.pi * k / 6
        # u is across the numeral, v outward; each letter takes its width
        width = {"I": 17, "V": 42, "X": 44}
        total = sum(width[x] for x in letters)
        u = -total / 2

        def at(p, v):
            s = v / 297.0  # letters widen toward the rim
            return c + p * s * math.cos(a) + v * math.sin(a), c + p * s * math.sin(a) - v * math.cos(a)

        top, bottom = 348, 246
        for x in letters:
            w = width[x]
            if x == "I":
                d.line([at(u + w / 2, bottom), at(u + w / 2, top)], stroke=gold, width=9)
            elif x == "V":
                d.line([at(u + 6, top), at(u + w / 2 + 2, bottom)], stroke=gold, width=9)
                d.line([at(u + w - 5, top), at(u + w / 2 + 2, bottom)], stroke=gold, width=3)
            else:
                d.line([at(u + 6, top), at(u + w - 6, bottom)], stroke=gold, width=9)
                d.line([at(u + w - 6, top), at(u + 6, bottom)], stroke=gold, width=3)
            u += w
        d.line([at(-total / 2, top), at(total / 2, top)], stroke=gold, width=2.4)
        d.line([at(-total / 2, bottom), at(total / 2, bottom)], stroke=gold, width=2.4)

    def hand(turn, reach, wide, tail):
        a = 2 * math.pi * turn

        def at(u, v):
            return f"{c + u * math.cos(a) + v * math.sin(a):.1f},{c + u * math.sin(a) - v * math.cos(a):.1f}"

        d.path(f"M{at(-wide * .5, -tail)} L{at(wide * .5, -tail)} L{at(wide * .35, 0)} C{at(wide * .5, reach * .5)} "
               f"{at(wide * 1.3, reach * .66)} {at(wide * .7, reach * .76)} Q{at(wide * .2, reach * .84)} {at(0, reach)} "
               f"Q{at(-wide * .2, reach * .84)} {at(-wide * .7, reach * .76)} C{at(-wide * 1.3, reach * .66)} "
               f"{at(-wide * .5, reach * .5)} {at(-wide * .35, 0)} Z", fill="#e6c778", stroke=blue, width=2.5)

    hand(10 / 12 + 10 / 720, 236, 30, 62)
    hand(10 / 60, 352, 22, 96)
    d.circle(c, c, 24, fill="#e6c778", stroke=blue, width=2.5)
    d.circle(c, c, 7, fill=blue)
    d.png("2021/dial.png", "+dither", "-colors", "64", "-define", "png:compression-level=9")


def equation_of_time(day):
    """Minutes that a sundial runs ahead of the mean clock, by the usual two-term approximation."""
    b = 2 * math.pi * (day - 81) / 364
    return 9.87 * math.sin(2 * b) - 7.53 * math.cos(b) - 1.5 * math.sin(b)


def declination(day):
    return 23.44 * math.sin(2 * math.pi * (day - 81) / 365)


def paint_analemma():
    d = Drawing(1000, 1250, "#f7f3ea")
    red, grid, soft = "#8a2b1d", "#ddd3c0", "#6b6255"

    def place(minutes, degrees):
        return 500 + minutes * 22, 640 - degrees * 21.5

    for m in range(-15, 20, 5):
        x, _ = place(m, 0)
        d.line([(x, 110), (x, 1160)], stroke=grid if m else "#b9ad95", width=1 if m else 1.6)
        sign = "" if m == 0 else ("+" if m > 0 else "−")
        d.text(x, 1196, f"{sign}{abs(m)}", 22, soft, "middle")
    for deg in range(-20, 25, 10):
        _, y = place(0, deg)
        d.line([(150, y), (880, y)], stroke=grid if deg else "#b9ad95", width=1 if deg else 1.6)
        sign = "" if deg == 0 else ("+" if deg > 0 else "−")
        d.text(134, y + 8, f"{sign}{abs(deg)}°", 22, soft, "end")
    d.text(150, 62, "The sun at noon by the clock", 30, "#2a2620")
    d.text(150, 94, "across: minutes the sundial is ahead; up: height against the equator", 19, soft, italic=True)
    points = [place(equation_of_time(k), declination(k)) for k in range(1, 367)]
    d.line(points, stroke=red, width=3)
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    starts = [1, 32, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335]
    for k in range(0, 365, 5):
        x, y = points[k]
        d.circle(x, y, 3.2, fill=red)
    shift = {"Apr": (26, 8), "May": (26, 2), "Jun": (24, -2), "Jul": (-22, -8), "Aug": (-24, 4), "Sep": (26, 12)}
    for name, day in zip(months, starts):
        x, y = points[day - 1]
        d.circle(x, y, 9, fill="#f7f3ea", stroke=red, width=3)
        e = equation_of_time(day)
        dx, dy = shift.get(name, (24, 8) if e > 0 else (-24, 8))
        d.text(x + dx, y + dy, name, 23, "#2a2620", "start" if dx > 0 else "end", italic=True)
    d.png("2021/analemma.png", "+dither", "-colors", "48", "-define", "png:compression-level=9")


def paint_rates():
    """Nine days of July: the temperature of the clock room, and what the clock lost."""
    d = Drawing(1200, 720, "#f7f3ea")
    soft, red, blue, grid = "#6b6255", "#8a2b1d", "#2c5a78", "#ddd3c0"
    warm = [17.5, 18.8, 20.1, 22.4, 25.9, 31.2, 37.9, 29.0, 22.2]
    loss = [0.2 - 0.518 * (t - 17) for t in warm]
    days = ["Wed 13", "Thu 14", "Fri 15", "Sat 16", "Sun 17", "Mon 18", "Tue 19", "Wed 20", "Thu 21"]
    x = lambda k: 130 + 118 * k
    yt = lambda t: 620 - (t - 10) * 16.0
    yl = lambda s: 250 + (-s) * 30
    d.text(70, 58, "Nine days in the clock room at Hagworth, July 2022", 28, "#2a2620")
    d.text(70, 90, "above: degrees Celsius at noon; below: seconds lost or won in that day", 19, soft, italic=True)
    for k, name in enumerate(days):
        d.line([(x(k), 130), (x(k), 650)], stroke=grid, width=1)
        d.text(x(k), 686, name, 19, soft, "middle")
    d.line([(90, 400), (1140, 400)], stroke="#b9ad95", width=1.6)
    top = lambda t: 385 - (t - 15) * 10.2
    for t in (20, 30):
        d.line([(90, top(t)), (1140, top(t))], stroke=grid, width=1)
        d.text(82, top(t) + 7, f"{t}", 18, soft, "end")
    area = [(x(k), top(t)) for k, t in enumerate(warm)]
    d.path("M" + " L".join(f"{a:.1f},{b:.1f}" for a, b in area) + f" L{x(8)},400 L{x(0)},400 Z", fill=red, opacity=0.16)
    d.line(area, stroke=red, width=3.2)
    for k, t in enumerate(warm):
        d.circle(x(k), top(t), 6, fill="#f7f3ea", stroke=red, width=3)
        d.text(x(k), top(t) - 16, f"{t:.1f}", 19, red, "middle")
    for k, s in enumerate(loss):
        y0, y1 = 418, 418 - s * 17.5
        a, b = min(y0, y1), max(y0, y1)
        d.path(f"M{x(k) - 26},{a:.1f} H{x(k) + 26} V{max(b, a + 2):.1f} H{x(k) - 26} Z", fill=blue, opacity=0.85)
        sign = "−" if s < -0.05 else "+"
        d.text(x(k), max(b, a + 2) + 24, f"{sign}{abs(s):.1f}", 19, blue, "middle")
    d.png("2022/rates.png", "+dither", "-colors", "64", "-define", "png:compression-level=9")


PICTURES = [paint_snow, paint_stars, paint_heat, paint_aurora, paint_panorama, paint_eclipse, paint_waves, paint_fern,
            paint_harebell, paint_ivy, paint_toadflax, paint_spleenwort, paint_dandelion,
            paint_escapement, paint_dial, paint_analemma, paint_rates]

if __name__ == "__main__":
    for picture in PICTURES:
        if len(sys.argv) == 1 or any(word in picture.__name__ for word in sys.argv[1:]):
            print(picture.__name__.removeprefix("paint_"))
            picture()
