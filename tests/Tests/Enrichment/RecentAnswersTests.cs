using Footfall.Core.Enrichment;

namespace Footfall.Tests.Enrichment;

public sealed class RecentAnswersTests
{
    [Fact]
    public void An_answer_is_remembered()
    {
        var recent = new RecentAnswers<int, string>(4);
        Assert.False(recent.TryGet(1, out _));
        recent.Remember(1, "one");
        Assert.True(recent.TryGet(1, out var value));
        Assert.Equal("one", value);
    }

    [Fact]
    public void At_most_two_generations_are_held()
    {
        var recent = new RecentAnswers<int, string>(10);
        for (var i = 0; i < 1000; i++)
            recent.Remember(i, "x");
        var held = Enumerable.Range(0, 1000).Count(i => recent.TryGet(i, out _));
        Assert.InRange(held, 1, 20);
    }

    [Fact]
    public void An_answer_in_use_outlives_those_that_are_not()
    {
        var recent = new RecentAnswers<int, string>(10);
        recent.Remember(-1, "kept");
        for (var i = 0; i < 1000; i++)
        {
            recent.Remember(i, "x");
            Assert.True(recent.TryGet(-1, out _));
        }
        Assert.False(recent.TryGet(0, out _));
    }

    [Fact]
    public void Threads_only_ever_get_the_answer_of_their_key()
    {
        var recent = new RecentAnswers<int, string>(16);
        Parallel.For(0, 20_000, i =>
        {
            var key = i % 100;
            if (recent.TryGet(key, out var value))
                Assert.Equal($"{key}", value);
            else
                recent.Remember(key, $"{key}");
        });
    }
}
