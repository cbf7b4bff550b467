namespace Footfall.Core.Hits.AccessLogs;

/// <summary>Host names as logs hold them.</summary>
static class HostName
{
    /// <summary>The host of <c>example.com:443</c> or <c>[::1]:80</c>; a bare IPv6 address is left alone.</summary>
    public static ReadOnlyMemory<byte> WithoutPort(ReadOnlyMemory<byte> given)
    {
        var host = given.Span;
        var colon = host.LastIndexOf((byte)':');
        if (colon <= 0 || !Digits.TryParse(host[(colon + 1)..], out _))
            return given;
        var name = host[..colon];
        return name.Contains((byte)':') && name[^1] != ']' ? given : given[..colon];
    }
}
