using Footfall.Core.Enrichment;

namespace Footfall.Tests.Enrichment;

public sealed class KnownSourcesTests
{
    [Theory]
    [InlineData("google.com", "google", SourceKind.Search)]
    [InlineData("www.google.de", "google", SourceKind.Search)]
    [InlineData("google.co.uk", "google", SourceKind.Search)]
    [InlineData("www.google.com.br", "google", SourceKind.Search)]
    [InlineData("GOOGLE.FR", "google", SourceKind.Search)]
    [InlineData("mail.google.com", "mail.google.com", SourceKind.Email)]
    [InlineData("docs.google.com", "docs.google.com", SourceKind.Other)]
    [InlineData("gemini.google.com", "gemini.google.com", SourceKind.Assistant)]
    [InlineData("com.google.android.gm", "mail.google.com", SourceKind.Email)]
    [InlineData("com.google.android.googlequicksearchbox", "google", SourceKind.Search)]
    [InlineData("yandex.com.tr", "yandex", SourceKind.Search)]
    [InlineData("uk.search.yahoo.com", "yahoo", SourceKind.Search)]
    [InlineData("finance.yahoo.com", "finance.yahoo.com", SourceKind.Other)]
    [InlineData("l.facebook.com", "facebook.com", SourceKind.Social)]
    [InlineData("t.co", "x.com", SourceKind.Social)]
    [InlineData("m.youtube.com", "youtube.com", SourceKind.Video)]
    [InlineData("amazon.co.jp", "amazon", SourceKind.Shopping)]
    [InlineData("chat.openai.com", "chatgpt.com", SourceKind.Assistant)]
    public void A_host_belongs_to_the_closest_source_above_it(string host, string name, SourceKind kind) =>
        Assert.Equal(new KnownSource(name, kind), KnownSources.Bundled.ByHost(host));

    [Theory]
    [InlineData("example.com")]
    [InlineData("notgoogle.com")]
    [InlineData("google.evil-domain.com")]
    [InlineData("google")]
    [InlineData("blog.google")]
    [InlineData("at.co")]
    [InlineData("")]
    [InlineData("...")]
    public void Other_hosts_belong_to_none(string host) => Assert.Null(KnownSources.Bundled.ByHost(host));

    [Fact]
    public void Each_row_says_of_its_own_match_what_it_is()
    {
        var rows = EmbeddedRows("sources.tsv");
        Assert.True(rows.Count > 500);
        foreach (var row in rows)
        {
            var match = row[0].Replace(".*", ".de", StringComparison.Ordinal);
            Assert.Equal((row[0], row[1]), (row[0], KnownSources.Bundled.KindOf(match).ToString().ToLowerInvariant()));
            Assert.Equal((row[0], row[1]), (row[0], KnownSources.Bundled.KindOf(row[2]).ToString().ToLowerInvariant()));
        }
    }

    [Theory]
    [InlineData("semalt.com", "referrer spam: semalt.com")]
    [InlineData("123.semalt.com", "referrer spam: semalt.com")]
    [InlineData("Buttons-For-Website.com", "referrer spam: buttons-for-website.com")]
    [InlineData("notsemalt.com", null)]
    [InlineData("example.com", null)]
    [InlineData("", null)]
    public void Spam_is_known_by_its_domain(string host, string? reason) => Assert.Equal(reason, ReferrerSpam.Reason(host));

    [Fact]
    public void No_known_source_is_spam() =>
        Assert.DoesNotContain(EmbeddedRows("sources.tsv"), row => ReferrerSpam.Reason(row[0]) != null);

    static List<string[]> EmbeddedRows(string name)
    {
        using var reader = new StreamReader(typeof(KnownSources).Assembly.GetManifestResourceStream(name)!);
        return [.. reader.ReadToEnd().Split('\n').Skip(1).Where(line => line.Length > 0).Select(line => line.Split('\t'))];
    }
}
