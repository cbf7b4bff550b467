using System.Text;

namespace Footfall.Core.Hits.AccessLogs;

/// <summary>The parts of what was asked for, wherever the log keeps them.</summary>
/// <param name="Host">Empty when the log does not say which host was asked.</param>
readonly record struct LoggedAddress(ReadOnlyMemory<byte> Path, ReadOnlyMemory<byte> Query, ReadOnlyMemory<byte> Host)
{
    static readonly ReadOnlyMemory<byte> Root = "/"u8.ToArray();

    public static LoggedAddress Split(in AccessLogEntry entry)
    {
        var target = entry.Target;
        var host = entry.Host;
        var authority = AuthorityStart(target.Span);
        if (authority > 0)
        {
            // A proxy's request names the host itself, and that host wins over the virtual host that answered.
            var length = target.Span[authority..].IndexOf((byte)'/');
            host = HostName.WithoutPort(length < 0 ? target[authority..] : target.Slice(authority, length));
            target = length < 0 ? Root : target[(authority + length)..];
        }
        var mark = target.Span.IndexOf((byte)'?');
        return mark < 0
            ? new LoggedAddress(target, entry.Query, host)
            : new LoggedAddress(target[..mark], target[(mark + 1)..], host);
    }

    static int AuthorityStart(ReadOnlySpan<byte> target) =>
        target.IsEmpty || target[0] == '/' ? 0
        : Ascii.EqualsIgnoreCase(target[..Math.Min(7, target.Length)], "http://"u8) ? 7
        : Ascii.EqualsIgnoreCase(target[..Math.Min(8, target.Length)], "https://"u8) ? 8
        : 0;
}
