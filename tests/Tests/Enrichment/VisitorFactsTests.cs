using Footfall.Core.Enrichment;

namespace Footfall.Tests.Enrichment;

public sealed class VisitorFactsTests
{
    [Theory]
    [InlineData(-1, "(unknown)")]
    [InlineData(0, "(unknown)")]
    [InlineData(1, "xs")]
    [InlineData(575, "xs")]
    [InlineData(576, "sm")]
    [InlineData(767, "sm")]
    [InlineData(768, "md")]
    [InlineData(991, "md")]
    [InlineData(992, "lg")]
    [InlineData(1439, "lg")]
    [InlineData(1440, "xl")]
    [InlineData(int.MaxValue, "xl")]
    public void A_width_has_a_class(int width, string name) => Assert.Equal(name, ScreenClasses.Of(width));

    [Theory]
    [InlineData("en-US,en;q=0.9", "en-us")]
    [InlineData("de", "de")]
    [InlineData("en_US", "en-us")]
    [InlineData("fr;q=0.3, de-CH;q=0.9, en;q=0.8", "de-ch")]
    [InlineData("fr;q=0.5,de;q=0.5", "fr")]
    [InlineData("*", "(unknown)")]
    [InlineData("*,nl;q=0.1", "nl")]
    [InlineData("zh-Hant-TW", "zh-hant-tw")]
    [InlineData("en;q=0", "(unknown)")]
    [InlineData("en;q=junk,da;q=0.1", "da")]
    [InlineData("e", "(unknown)")]
    [InlineData("12-34", "(unknown)")]
    [InlineData("<script>,it", "it")]
    [InlineData("", "(unknown)")]
    [InlineData(null, "(unknown)")]
    public void The_primary_language_is_the_one_with_the_highest_weight(string? header, string language) =>
        Assert.Equal(language, Languages.Primary(header));
}
