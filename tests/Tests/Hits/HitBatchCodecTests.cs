using System.Buffers;
using System.Net;
using CsCheck;
using Footfall.Core.Hits;
using Footfall.Core.Sites;

namespace Footfall.Tests.Hits;

public sealed class HitBatchCodecTests
{
    static readonly string[] Agents = ["", "Firefox", "Ünïcode 🦊"];
    static readonly IPAddress?[] Addresses = [null, IPAddress.Loopback, IPAddress.IPv6Loopback];

    static readonly Gen<Hit> Hits =
        from site in Gen.Int[1, int.MaxValue]
        from visitor in Gen.ULong
        from agent in Gen.Int[0, 2].Select(n => Agents[n])
        from address in Gen.Int[0, 2].Select(n => Addresses[n])
        from refused in Gen.Int[0, 5]
        from trusted in Gen.Bool
        from payload in Gen.Byte.Array[0, 700]
        select refused == 0
            ? new Hit { Site = site, Refusal = "do_not_track", UserAgent = "" }
            : new Hit
            {
                Site = site,
                Visitor = visitor,
                Identity = VisitorIdentity.Client,
                Protocol = HitProtocol.Native,
                Trusted = trusted,
                UserAgent = agent,
                Address = address,
                Payload = payload,
            };

    static byte[] Write(HitBatch batch)
    {
        var output = new ArrayBufferWriter<byte>();
        HitBatchCodec.Write(output, batch);
        return output.WrittenSpan.ToArray();
    }

    [Fact]
    public void What_is_written_is_read() => Hits.Array[1, 12].Sample(hits =>
    {
        var id = Guid.CreateVersion7();
        var read = HitBatchCodec.Read(Write(new HitBatch(id, 1_700_000_000_123, "de", hits)));
        Assert.Equal((id, 1_700_000_000_123, "de"), (read.FirstId, read.ReceivedAt, read.AcceptLanguage));
        Assert.Equal(hits.Length, read.Hits.Count);
        foreach (var (before, after) in hits.Zip(read.Hits))
        {
            Assert.True(before.Payload.Span.SequenceEqual(after.Payload.Span));
            Assert.Equal(before with { Payload = default }, after with { Payload = default });
        }
    });

    [Fact]
    public void Damaged_bytes_are_a_format_error_and_nothing_else() =>
        Gen.Select(Hits.Array[1, 4], Gen.Int[0, 10_000], Gen.Byte).Sample((hits, place, value) =>
        {
            var bytes = Write(new HitBatch(Guid.Empty, 1, "", hits));
            bytes[place % bytes.Length] = value;
            try
            {
                HitBatchCodec.Read(bytes.AsMemory(0, bytes.Length - (place % 3)));
            }
            catch (FormatException)
            {
                // That is the one failure a reader must expect.
            }
        });

    [Fact]
    public void Ids_of_a_batch_differ_by_their_place()
    {
        var batch = new HitBatch(Guid.CreateVersion7(), 0, "", []);
        Assert.Equal(batch.FirstId, batch.IdOf(0));
        Assert.Equal(1000, Enumerable.Range(0, 1000).Select(batch.IdOf).Distinct().Count());
    }

    [Theory]
    [InlineData("203.0.113.77", AddressPrivacy.Truncate, "203.0.113.0")]
    [InlineData("2001:db8:1:2:3:4:5:6", AddressPrivacy.Truncate, "2001:db8:1::")]
    [InlineData("::ffff:203.0.113.77", AddressPrivacy.Truncate, "203.0.113.0")]
    [InlineData("203.0.113.77", AddressPrivacy.Keep, "203.0.113.77")]
    [InlineData("203.0.113.77", AddressPrivacy.Drop, null)]
    public void An_address_is_kept_as_far_as_the_site_says(string address, AddressPrivacy privacy, string? kept) =>
        Assert.Equal(kept, ClientAddress.Keep(IPAddress.Parse(address), privacy)?.ToString());

    [Theory]
    [InlineData(-72 * 60, false, false)]
    [InlineData((-72 * 60) - 1, false, true)]
    [InlineData((-72 * 60) - 1, true, false)]
    [InlineData(15, false, false)]
    [InlineData(16, false, true)]
    [InlineData(16, true, true)]
    public void A_clients_time_is_believed_within_its_window(int minutes, bool trusted, bool replaced)
    {
        const long received = 1_774_706_400_000;
        var sent = received + (minutes * 60_000L);
        Assert.Equal((replaced ? received : sent, replaced), TimeBelief.Resolve(sent, received, SiteSettings.Default, trusted));
    }
}
