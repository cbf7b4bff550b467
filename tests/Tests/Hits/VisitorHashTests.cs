using System.Net;
using Footfall.Core.Hits;

namespace Footfall.Tests.Hits;

public sealed class VisitorHashTests
{
    static readonly byte[] Secret = [.. Enumerable.Range(0, 32).Select(number => (byte)number)];

    [Fact]
    public void The_hash_of_a_day_is_that_of_the_published_SipHash()
    {
        // The published vector of 15 bytes: site 0x03020100, address of 4 bytes, agent "\t\n\v\f\r\u000e"; the key is 00 to 0f.
        var hash = VisitorHash.Daily(Secret, 0x03020100, IPAddress.Parse("5.6.7.8"), "\t\n\v\f\r\u000e");

        Assert.Equal(0xa129ca6149be45e5, hash);
    }

    [Fact]
    public void Another_secret_site_address_or_agent_is_another_visitor()
    {
        var address = IPAddress.Parse("192.0.2.1");
        ulong[] visitors =
        [
            VisitorHash.Daily(Secret, 1, address, "agent"),
            VisitorHash.Daily([.. Secret.Reverse()], 1, address, "agent"),
            VisitorHash.Daily(Secret, 2, address, "agent"),
            VisitorHash.Daily(Secret, 1, IPAddress.Parse("192.0.2.2"), "agent"),
            VisitorHash.Daily(Secret, 1, address, "agent2"),
            VisitorHash.Daily(Secret, 1, null, "agent"),
        ];

        Assert.Equal(visitors.Length, visitors.Distinct().Count());
        Assert.Equal(visitors[0], VisitorHash.Daily(Secret, 1, address, "agent"));
    }
}
