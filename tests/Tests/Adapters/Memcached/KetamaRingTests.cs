using Footfall.Adapters.Memcached;

namespace Footfall.Tests.Adapters.Memcached;

public sealed class KetamaRingTests
{
    static readonly string[] Nodes = ["10.0.0.1:11211", "10.0.0.2:11211", "10.0.0.3:11211", "10.0.0.4:11211"];

    static readonly string[] Keys = [.. Enumerable.Range(0, 20_000).Select(number => $"site-{number}")];

    [Fact]
    public void Every_node_has_about_its_share()
    {
        var ring = new KetamaRing(Nodes);
        var shares = Keys.CountBy(key => ring.Find(key, static _ => true)!.Value).ToDictionary();
        Assert.All(Enumerable.Range(0, 4), node => Assert.InRange(shares[node], Keys.Length * 0.25 * 0.7, Keys.Length * 0.25 * 1.3));
    }

    [Fact]
    public void When_a_node_goes_its_own_keys_move_to_all_others_and_no_other_moves()
    {
        var (ring, smaller) = (new KetamaRing(Nodes), new KetamaRing(Nodes[..3]));
        var moved = new List<int>();
        foreach (var key in Keys)
        {
            var (before, after) = (ring.Find(key, static _ => true)!.Value, smaller.Find(key, static _ => true)!.Value);
            if (before == 3)
                moved.Add(after);
            else
                Assert.Equal(before, after);
        }
        Assert.InRange(moved.Count, Keys.Length * 0.25 * 0.7, Keys.Length * 0.25 * 1.3);
        Assert.All(Enumerable.Range(0, 3), node => Assert.InRange(moved.Count(owner => owner == node), moved.Count * 0.15, moved.Count * 0.55));
    }

    [Fact]
    public void An_ejected_node_is_passed_over_as_if_it_were_not_there()
    {
        var (ring, smaller) = (new KetamaRing(Nodes), new KetamaRing(Nodes[..3]));
        Assert.All(Keys.Take(2000), key => Assert.Equal(smaller.Find(key, static _ => true), ring.Find(key, static node => node != 3)));
        Assert.Null(ring.Find("any", static _ => false));
    }

    [Fact]
    public void Each_node_is_asked_once_whether_it_may_be_asked()
    {
        var asked = new List<int>();
        new KetamaRing(Nodes).Find("any", node =>
        {
            asked.Add(node);
            return false;
        });
        Assert.Equal([0, 1, 2, 3], asked.Order());
    }

    /// <summary>Worked out from the definition of libketama's continuum with another program: MD5, little-endian, 40 hashes a node.</summary>
    [Theory]
    [InlineData("footfall", 3)]
    [InlineData("site-1", 1)]
    [InlineData("site-2", 3)]
    [InlineData("site-3", 1)]
    [InlineData("report/1/2026-11-25", 2)]
    public void Other_clients_of_the_same_continuum_find_the_same_node(string key, int node) => Assert.Equal(node, new KetamaRing(Nodes).Find(key, static _ => true));
}
