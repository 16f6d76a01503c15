// Resampling in linear light.
#include "work/image_pixels.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <utility>

namespace daybook::work {
namespace {

constexpr int kSteps = 4096;  // of light, fine enough for the darkest of 256 greys

struct Curve {
  std::array<float, 256> to_light;
  std::array<std::uint16_t, 256> to_steps;
  std::array<std::uint8_t, kSteps + 1> from_steps;

  Curve() {
    for (std::size_t i = 0; i < 256; ++i) {
      const double c = static_cast<double>(i) / 255;
      const double light = c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
      to_light[i] = static_cast<float>(light);
      to_steps[i] = static_cast<std::uint16_t>(std::lround(light * 65535));
    }
    for (std::size_t i = 0; i <= kSteps; ++i) {
      const double light = static_cast<double>(i) / kSteps;
      const double c =
          light <= 0.0031308 ? light * 12.92 : 1.055 * std::pow(light, 1 / 2.4) - 0.055;
      from_steps[i] = static_cast<std::uint8_t>(std::lround(c * 255));
    }
  }
  [[nodiscard]] std::uint8_t FromLight(float light) const {
    const float step = std::clamp(light, 0.0F, 1.0F) * kSteps + 0.5F;
    return from_steps[static_cast<std::size_t>(step)];
  }
};

const Curve& TheCurve() {
  static const Curve curve;
  return curve;
}

double Lanczos2(double x) {
  x = std::abs(x);
  if (x >= 2) return 0;
  if (x < 1e-9) return 1;
  const double p = std::numbers::pi * x;
  return 2 * std::sin(p) * std::sin(p / 2) / (p * p);
}

// Which source samples make one of the target, and how much of each.
struct Taps {
  int first = 0;
  std::vector<float> weights;
};

std::vector<Taps> MakeTaps(int from, int to) {
  const double scale = static_cast<double>(from) / to;  // >= 1
  std::vector<Taps> all(static_cast<std::size_t>(to));
  for (int i = 0; i < to; ++i) {
    Taps& taps = all[static_cast<std::size_t>(i)];
    const double centre = (i + 0.5) * scale - 0.5;
    const int first = std::max(0, static_cast<int>(std::ceil(centre - 2 * scale)));
    const int last = std::min(from - 1, static_cast<int>(std::floor(centre + 2 * scale)));
    taps.first = first;
    double sum = 0;
    std::vector<double> weights;
    for (int s = first; s <= last; ++s) {
      weights.push_back(Lanczos2((s - centre) / scale));
      sum += weights.back();
    }
    for (const double weight : weights) taps.weights.push_back(static_cast<float>(weight / sum));
  }
  return all;
}

// One row as light, alpha multiplied in.
template <int kChannels>
void ToLight(const std::uint8_t* row, int width, float* out) {
  const Curve& curve = TheCurve();
  constexpr int kColours = kChannels == 2 || kChannels == 4 ? kChannels - 1 : kChannels;
  for (int x = 0; x < width; ++x, row += kChannels, out += kChannels) {
    const float alpha = kColours < kChannels ? static_cast<float>(row[kColours]) / 255 : 1;
    for (int c = 0; c < kColours; ++c) out[c] = curve.to_light[row[c]] * alpha;
    if constexpr (kColours < kChannels) out[kColours] = alpha;
  }
}

template <int kChannels>
void FromLight(const float* in, int width, std::uint8_t* row) {
  const Curve& curve = TheCurve();
  constexpr int kColours = kChannels == 2 || kChannels == 4 ? kChannels - 1 : kChannels;
  for (int x = 0; x < width; ++x, row += kChannels, in += kChannels) {
    float share = 1;
    if constexpr (kColours < kChannels) {
      const float alpha = std::clamp(in[kColours], 0.0F, 1.0F);
      row[kColours] = static_cast<std::uint8_t>(alpha * 255 + 0.5F);
      share = alpha > 0 ? 1 / alpha : 0;
    }
    for (int c = 0; c < kColours; ++c) row[c] = curve.FromLight(in[c] * share);
  }
}

template <int kChannels>
Pixels ResizeAs(const Pixels& source, int width, int height) {
  Pixels out{width, height, kChannels, {}};
  const auto row_length = static_cast<std::size_t>(width) * kChannels;
  out.data.resize(row_length * static_cast<std::size_t>(height));
  const std::vector<Taps> across = MakeTaps(source.width, width);
  const std::vector<Taps> down = MakeTaps(source.height, height);
  // Rows of the source, narrowed, are kept only as long as a row of the target wants them.
  std::size_t most = 1;
  for (const Taps& taps : down) most = std::max(most, taps.weights.size());
  std::vector<std::vector<float>> ring(most, std::vector<float>(row_length));
  std::vector<float> light(static_cast<std::size_t>(source.width) * kChannels), sum(row_length);
  int made = 0;  // rows of the source that were narrowed
  for (int y = 0; y < height; ++y) {
    const Taps& taps = down[static_cast<std::size_t>(y)];
    const int end = taps.first + static_cast<int>(taps.weights.size());
    for (made = std::max(made, taps.first); made < end; ++made) {
      ToLight<kChannels>(source.Row(made), source.width, light.data());
      float* to = ring[static_cast<std::size_t>(made) % most].data();
      for (const Taps& column : across) {
        std::array<float, kChannels> pixel{};
        const float* from = light.data() + static_cast<std::size_t>(column.first) * kChannels;
        for (const float weight : column.weights) {
          for (std::size_t c = 0; c < kChannels; ++c) pixel[c] += weight * from[c];
          from += kChannels;
        }
        for (std::size_t c = 0; c < kChannels; ++c) *to++ = pixel[c];
      }
    }
    std::fill(sum.begin(), sum.end(), 0.0F);
    for (std::size_t i = 0; i < taps.weights.size(); ++i) {
      const float* row = ring[(static_cast<std::size_t>(taps.first) + i) % most].data();
      const float weight = taps.weights[i];
      for (std::size_t x = 0; x < row_length; ++x) sum[x] += weight * row[x];
    }
    FromLight<kChannels>(sum.data(), width,
                         out.data.data() + row_length * static_cast<std::size_t>(y));
  }
  return out;
}

}  // namespace

Pixels Resize(const Pixels& source, int width, int height) {
  if (width == source.width && height == source.height) return source;
  switch (source.channels) {
    case 1:
      return ResizeAs<1>(source, width, height);
    case 2:
      return ResizeAs<2>(source, width, height);
    case 3:
      return ResizeAs<3>(source, width, height);
    default:
      return ResizeAs<4>(source, width, height);
  }
}

Pixels Turn(Pixels source, int orientation) {
  if (orientation <= 1 || orientation > 8) return source;
  const bool across = orientation >= 5;
  Pixels out{across ? source.height : source.width,
             across ? source.width : source.height,
             source.channels,
             {}};
  out.data.resize(source.data.size());
  const auto channels = static_cast<std::size_t>(source.channels);
  std::uint8_t* to = out.data.data();
  for (int y = 0; y < out.height; ++y) {
    for (int x = 0; x < out.width; ++x, to += channels) {
      int sx = across ? y : x, sy = across ? x : y;
      if (orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8)
        sx = source.width - 1 - sx;
      if (orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7)
        sy = source.height - 1 - sy;
      std::copy_n(source.Row(sy) + static_cast<std::size_t>(sx) * channels, channels, to);
    }
  }
  return out;
}

BoxReducer::BoxReducer(int width, int height, int channels, int factor)
    : source_width_(width), source_height_(height), factor_(std::max(1, factor)) {
  out_.channels = channels;
  out_.width = (width + factor_ - 1) / factor_;
  out_.height = (height + factor_ - 1) / factor_;
  const auto row = static_cast<std::size_t>(out_.width) * static_cast<std::size_t>(channels);
  out_.data.resize(row * static_cast<std::size_t>(out_.height));
  if (factor_ > 1) sums_.resize(row + static_cast<std::size_t>(out_.width));
}

void BoxReducer::Add(const std::uint8_t* row) {
  if (y_ >= out_.height) return;
  const auto channels = static_cast<std::size_t>(out_.channels);
  const std::size_t length = static_cast<std::size_t>(out_.width) * channels;
  if (factor_ == 1) {
    std::copy_n(row, length, out_.data.data() + length * static_cast<std::size_t>(y_++));
    return;
  }
  const Curve& curve = TheCurve();
  const std::size_t colours = out_.HasAlpha() ? channels - 1 : channels;
  std::uint32_t* count = sums_.data() + length;
  for (int x = 0; x < source_width_; ++x, row += channels) {
    const auto to = static_cast<std::size_t>(x / factor_);
    std::uint32_t* sum = sums_.data() + to * channels;
    const std::uint32_t alpha = colours < channels ? row[colours] : 255;
    // At most 60 * 60 squares of 65,535: factors stay below that (30,000 / 480).
    for (std::size_t c = 0; c < colours; ++c) sum[c] += curve.to_steps[row[c]] * alpha / 255;
    if (colours < channels) sum[colours] += alpha;
    ++count[to];
  }
  ++rows_;
  if (rows_ == factor_) Flush();
}

void BoxReducer::Flush() {
  const Curve& curve = TheCurve();
  const auto channels = static_cast<std::size_t>(out_.channels);
  const auto width = static_cast<std::size_t>(out_.width);
  const std::size_t colours = out_.HasAlpha() ? channels - 1 : channels;
  std::uint8_t* to = out_.data.data() + width * channels * static_cast<std::size_t>(y_);
  for (std::size_t x = 0; x < width; ++x, to += channels) {
    const std::uint32_t* sum = sums_.data() + x * channels;
    const float count = static_cast<float>(sums_[width * channels + x]);
    float share = 1 / (count * 65535);
    if (colours < channels) {
      const float alpha = static_cast<float>(sum[colours]) / (count * 255);
      to[colours] = static_cast<std::uint8_t>(alpha * 255 + 0.5F);
      share = alpha > 0 ? share / alpha : 0;
    }
    for (std::size_t c = 0; c < colours; ++c)
      to[c] = curve.FromLight(static_cast<float>(sum[c]) * share);
  }
  std::fill(sums_.begin(), sums_.end(), 0);
  rows_ = 0;
  ++y_;
}

Pixels BoxReducer::Take() {
  if (rows_ > 0) Flush();
  return std::move(out_);
}

}  // namespace daybook::work
