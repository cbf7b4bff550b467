using System.Collections.Frozen;

namespace Footfall.Core.Hits.AccessLogs;

/// <summary>What a path's extension says about a request. A path with any other extension, or none, is a page.</summary>
static class FileTypes
{
    const int ExtensionLengthMax = 11;

    const string Downloads =
        "7z apk bin bz2 csv deb dmg doc docx epub exe flac gem gz iso jar key m4a m4v mkv mobi mov mp3 mp4 mpeg mpg msi odp ods odt ogg ogv "
        + "pdf pkg pps ppt pptx ps rar rpm rtf sig tar tbz tgz torrent wav webm whl wma wmv xls xlsx xz zip zst";

    const string Assets =
        "ashx avif axd bmp css cur eot gif ico jpe jpeg jpg js json jsonld less map mjs otf png scss svg svgz swf tif tiff ttf vtt wasm "
        + "webmanifest webp woff woff2 xsl";

    const string Feeds = "atom rdf rss xml";

    static readonly FrozenDictionary<string, ImportVerdict>.AlternateLookup<ReadOnlySpan<char>> Verdicts = Table();

    /// <summary>The verdict of a path without its query.</summary>
    public static ImportVerdict Of(ReadOnlySpan<byte> path)
    {
        var name = path[(path.LastIndexOf((byte)'/') + 1)..];
        var extension = name[(name.LastIndexOf((byte)'.') + 1)..];
        if (extension.Length == name.Length || extension.Length is 0 or > ExtensionLengthMax)
            return ImportVerdict.PageView;
        Span<char> text = stackalloc char[extension.Length];
        for (var at = 0; at < text.Length; at++)
            text[at] = char.ToLowerInvariant((char)extension[at]);
        return Verdicts.TryGetValue(text, out var verdict) ? verdict : ImportVerdict.PageView;
    }

    static FrozenDictionary<string, ImportVerdict>.AlternateLookup<ReadOnlySpan<char>> Table()
    {
        var rows = Rows(Downloads, ImportVerdict.Download).Concat(Rows(Assets, ImportVerdict.Asset)).Concat(Rows(Feeds, ImportVerdict.Feed));
        return rows.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

        static IEnumerable<KeyValuePair<string, ImportVerdict>> Rows(string extensions, ImportVerdict verdict) =>
            extensions.Split(' ').Select(extension => KeyValuePair.Create(extension, verdict));
    }
}
