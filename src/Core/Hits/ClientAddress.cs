using System.Net;
using Footfall.Core.Sites;

namespace Footfall.Core.Hits;

/// <summary>What of a client's address may be kept.</summary>
public static class ClientAddress
{
    /// <summary>The address as the privacy setting lets it be stored: whole, without its last octet (IPv4) or last 80 bits (IPv6), or not at all.</summary>
    public static IPAddress? Keep(IPAddress? address, AddressPrivacy privacy)
    {
        if (address is null || privacy == AddressPrivacy.Drop)
            return null;
        var plain = Plain(address);
        if (privacy == AddressPrivacy.Keep)
            return plain;
        Span<byte> bytes = stackalloc byte[16];
        plain.TryWriteBytes(bytes, out var size);
        bytes[(size == 4 ? 3 : 6)..size].Clear();
        return new IPAddress(bytes[..size]);
    }

    /// <summary>An IPv4 address that came in IPv6 clothes, as on a dual-stack socket, in its own.</summary>
    public static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    /// <summary>Whether an address is one of some addresses or CIDR ranges; entries that are neither match nothing.</summary>
    public static bool IsIn(IPAddress address, IReadOnlyList<string> ranges)
    {
        foreach (var range in ranges)
        {
            if (IPNetwork.TryParse(range, out var network) ? network.Contains(address) : IPAddress.TryParse(range, out var one) && one.Equals(address))
                return true;
        }
        return false;
    }
}
