using Footfall.Server.Collect;

namespace Footfall.Tests.Collect;

public sealed class HitIdsTests
{
    [Fact]
    public void A_hit_id_is_a_UUID_of_version_7_with_the_time_it_was_made_for()
    {
        var time = DateTimeOffset.FromUnixTimeMilliseconds(0x0123_4567_89AB);

        var id = HitIds.Next(time).ToByteArray(bigEndian: true);

        Assert.Equal("0123456789AB", Convert.ToHexString(id, 0, 6));
        Assert.Equal(0x70, id[6] & 0xF0);
        Assert.Equal(0x80, id[8] & 0xC0);
    }

    [Fact]
    public void Ids_differ_also_when_the_random_bytes_of_a_thread_have_been_used_up()
    {
        var ids = Enumerable.Range(0, 1_000).Select(_ => HitIds.Next(DateTimeOffset.UnixEpoch)).ToList();

        Assert.Equal(ids.Count, ids.Distinct().Count());
    }
}
