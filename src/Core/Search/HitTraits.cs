using System.Text;
using System.Text.Json;
using Footfall.Core.Enrichment;
using Footfall.Core.Hits;

namespace Footfall.Core.Search;

/// <summary>What a raw hit is found by beside its time and visitor. Every index takes it from here, so that all of them find the same.</summary>
/// <param name="Event">Null when the payload cannot be read, or there is none.</param>
/// <param name="Path">Of the page, as it was sent; at most <see cref="PathMost"/> characters.</param>
/// <param name="Words">Of everything that was sent, and of the user agent.</param>
public sealed record HitTraits(string? Event, string? Path, IReadOnlyCollection<string> Words)
{
    public const int PathMost = 1000;

    /// <summary>Words beyond it are not found.</summary>
    public const int WordsMost = 200;

    const int WordMost = 64;

    static readonly HitTraits Nothing = new(null, null, []);

    public static HitTraits Of(in Hit hit)
    {
        if (hit.Refusal is not null)
            return Nothing;
        var sent = new SentEvent();
        var isRead = hit.Protocol == HitProtocol.Native && NativeDecoder.Read(hit.Payload.Span, sent) is null;
        var words = new HashSet<string>(StringComparer.Ordinal);
        AddWords(hit.UserAgent, words);
        AddWords(hit.Payload.Span, words);
        return new HitTraits(isRead ? sent.Name : null, isRead && sent.Url is { } url ? PathOf(url) : null, words);
    }

    /// <summary>Runs of letters and digits, lowered, each once and none longer than 64 characters.</summary>
    public static IReadOnlyCollection<string> WordsOf(string text)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        AddWords(text, words);
        return words;
    }

    static string PathOf(string url)
    {
        var path = UrlParts.Of(url).Path;
        return path.IsEmpty ? "/" : path[..Math.Min(path.Length, PathMost)].ToString();
    }

    static void AddWords(ReadOnlySpan<byte> payload, HashSet<string> words)
    {
        try
        {
            var reader = new Utf8JsonReader(payload);
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                    AddWords(reader.GetString(), words);
                else if (reader.TokenType == JsonTokenType.Number)
                    AddWords(Encoding.UTF8.GetString(reader.ValueSpan), words);
            }
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            AddWords(Encoding.UTF8.GetString(payload), words);
        }
    }

    static void AddWords(ReadOnlySpan<char> text, HashSet<string> words)
    {
        var start = -1;
        for (var at = 0; at <= text.Length && words.Count < WordsMost; at++)
        {
            if (at < text.Length && char.IsLetterOrDigit(text[at]))
            {
                start = start < 0 ? at : start;
            }
            else if (start >= 0)
            {
                words.Add(text[start..Math.Min(at, start + WordMost)].ToString().ToLowerInvariant());
                start = -1;
            }
        }
    }
}
