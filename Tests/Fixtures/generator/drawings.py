"""The sample's pictures: two vector drawings and a painted photograph."""

import io
import math
import random

from PIL import Image, ImageDraw, ImageFilter
from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable


class Lighthouse(Flowable):
    """A white tower with red bands on a rock, its beam to the left."""

    def __init__(self, width: float, height: float):
        super().__init__()
        self.width, self.height = width, height

    def draw(self):
        c, middle = self.canv, self.width / 2
        red, dark, light = HexColor("#b3261e"), HexColor("#2b3640"), HexColor("#fff6d6")
        c.setFillColor(light)
        beam = c.beginPath()
        beam.moveTo(middle, 243)
        beam.lineTo(-180, 283)
        beam.lineTo(-180, 203)
        beam.close()
        c.drawPath(beam, stroke=0, fill=1)

        def band(low, high, colour):
            def half(y):
                return 34 - 15 * (y - 30) / 190

            path = c.beginPath()
            path.moveTo(middle - half(low), low)
            path.lineTo(middle + half(low), low)
            path.lineTo(middle + half(high), high)
            path.lineTo(middle - half(high), high)
            path.close()
            c.setFillColor(colour)
            c.drawPath(path, stroke=0, fill=1)

        for index in range(5):
            band(30 + 38 * index, 68 + 38 * index, red if index % 2 else HexColor("#ffffff"))
        c.setFillColor(dark)
        c.rect(middle - 26, 220, 52, 6, stroke=0, fill=1)
        c.setFillColor(HexColor("#ffd54a"))
        c.rect(middle - 14, 226, 28, 32, stroke=0, fill=1)
        c.setStrokeColor(dark)
        c.setLineWidth(1.6)
        for x in (-14, -5, 5, 14):
            c.line(middle + x, 226, middle + x, 258)
        c.setFillColor(dark)
        roof = c.beginPath()
        roof.moveTo(middle - 20, 258)
        roof.lineTo(middle, 282)
        roof.lineTo(middle + 20, 258)
        roof.close()
        c.drawPath(roof, stroke=0, fill=1)
        c.rect(middle - 6, 30, 12, 20, stroke=0, fill=1)
        for y in (96, 172):
            c.rect(middle - 3, y, 6, 10, stroke=0, fill=1)
        rock = c.beginPath()
        rock.moveTo(-10, 0)
        rock.curveTo(10, 30, 30, 26, middle - 40, 34)
        rock.curveTo(middle, 40, middle + 30, 30, middle + 52, 24)
        rock.curveTo(self.width, 16, self.width + 20, 8, self.width + 26, 0)
        rock.close()
        c.setFillColor(HexColor("#4a5661"))
        c.drawPath(rock, stroke=0, fill=1)


class FresnelLens(Flowable):
    """A lens in section: a bull's eye, refracting prisms, reflecting prisms above and below, and the rays."""

    def __init__(self, width: float, height: float):
        super().__init__()
        self.width, self.height = width, height

    def draw(self):
        c = self.canv
        glass, edge, ray = HexColor("#cfe3f2"), HexColor("#1f4e79"), HexColor("#d08a00")
        flame, axis = (46, self.height / 2), self.height / 2
        lens = 122
        c.setLineWidth(0.5)
        c.setStrokeColor(ray)
        heights = [k * 13.0 for k in range(-8, 9)]
        for offset in heights:
            y = axis + offset
            c.line(flame[0], flame[1], lens, y)
            c.line(lens + 8, y, self.width - 6, y)
        c.setStrokeColor(edge)
        c.setFillColor(glass)
        c.setLineWidth(0.9)
        eye = c.beginPath()
        eye.moveTo(lens, axis - 22)
        eye.lineTo(lens, axis + 22)
        eye.curveTo(lens + 16, axis + 12, lens + 16, axis - 12, lens, axis - 22)
        eye.close()
        c.drawPath(eye, stroke=1, fill=1)
        for side in (1, -1):
            for index in range(6):
                low = axis + side * (25 + index * 14)
                high = low + side * 11
                prism = c.beginPath()
                prism.moveTo(lens, low)
                prism.lineTo(lens, high)
                prism.lineTo(lens + 4 + index, high)
                prism.lineTo(lens + 12 + index, low)
                prism.close()
                c.drawPath(prism, stroke=1, fill=1)
        c.setFillColor(HexColor("#ffb300"))
        c.circle(flame[0], flame[1], 5, stroke=1, fill=1)
        c.setFillColor(HexColor("#1d232b"))
        c.setFont("Sans", 8)
        c.drawCentredString(flame[0], axis - 20, "lamp")
        c.drawString(lens - 12, 2, "prisms")
        c.drawRightString(self.width - 6, 2, "parallel beam")


def seascape() -> io.BytesIO:
    """Dusk over the sea with a tower and its beam, as a JPEG: gradients, seeded noise and blur."""
    size = (1000, 446)
    chance = random.Random(1759)
    sky = Image.merge(
        "RGB",
        [
            Image.linear_gradient("L").resize(size).point(lambda v, a=a, b=b: round(a + (b - a) * v / 255))
            for a, b in ((24, 236), (38, 142), (74, 96))
        ],
    )
    horizon = 290
    sea = Image.merge(
        "RGB",
        [
            Image.linear_gradient("L").resize(size).point(lambda v, a=a, b=b: round(a + (b - a) * v / 255))
            for a, b in ((120, 14), (96, 26), (98, 44))
        ],
    )
    picture = sky.copy()
    picture.paste(sea.crop((0, 0, size[0], size[1] - horizon)), (0, horizon))
    glow = Image.new("L", size, 0)
    ImageDraw.Draw(glow).ellipse((120, 226, 360, 356), fill=150)
    picture.paste(Image.new("RGB", size, (255, 208, 140)), mask=glow.filter(ImageFilter.GaussianBlur(50)))
    picture.paste(
        sea.crop((0, 0, size[0], size[1] - horizon)), (0, horizon), Image.new("L", (size[0], size[1] - horizon), 190)
    )
    draw = ImageDraw.Draw(picture, "RGBA")
    for _ in range(900):
        depth = chance.random() ** 1.6
        y = horizon + 2 + depth * (size[1] - horizon - 4)
        x, length = chance.uniform(-40, size[0]), 6 + 60 * depth
        warm = math.exp(-(((x - 240) / 150) ** 2))
        colour = (255, 214, 160, round(30 + 110 * warm)) if chance.random() < 0.35 + 0.4 * warm else (8, 16, 30, 70)
        draw.line((x, y, x + length, y), fill=colour, width=1 + round(2 * depth))
    beam = Image.new("L", size, 0)
    ImageDraw.Draw(beam).polygon([(742, 128), (0, 20), (0, 150)], fill=96)
    picture.paste(Image.new("RGB", size, (255, 240, 196)), mask=beam.filter(ImageFilter.GaussianBlur(7)))
    draw = ImageDraw.Draw(picture)
    draw.polygon([(600, 330), (650, 296), (700, 282), (800, 280), (860, 300), (930, 334)], fill=(20, 22, 28))
    draw.polygon([(722, 284), (732, 148), (756, 148), (766, 284)], fill=(30, 32, 38))
    draw.rectangle((726, 142, 762, 148), fill=(16, 18, 22))
    draw.rectangle((735, 118, 753, 142), fill=(255, 236, 170))
    draw.polygon([(731, 118), (744, 102), (757, 118)], fill=(16, 18, 22))
    grain = Image.new("L", size)
    grain.putdata([chance.randrange(118, 139) for _ in range(size[0] * size[1])])
    picture = Image.blend(picture.filter(ImageFilter.GaussianBlur(0.7)), Image.merge("RGB", [grain] * 3), 0.06)
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=60, optimize=True)
    buffer.seek(0)
    return buffer
