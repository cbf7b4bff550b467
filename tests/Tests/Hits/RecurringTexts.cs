using System.Text;
using System.Text.Json;
using Footfall.Core.Hits;

namespace Footfall.Tests.Hits;

/// <summary>Texts that many events share are one string; whatever they are made of, they are read as they were sent.</summary>
public sealed class RecurringTexts
{
    [Fact]
    public void A_text_that_came_before_is_the_same_string()
    {
        var title = "A title of " + Guid.NewGuid();

        Assert.Same(Read(title).Title, Read(title).Title);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("")]
    [InlineData("Grüße aus Köln — 東京 🎉")]
    [InlineData("with \"quotes\", a \\ and a\ttab")]
    public void Any_text_is_read_as_it_was_sent_the_second_time_too(string title)
    {
        Assert.Equal(title, Read(title).Title);
        Assert.Equal(title, Read(title).Title);
    }

    [Fact]
    public void A_text_of_any_length_is_read_whole()
    {
        foreach (var length in (int[])[255, 256, 257, 511, 512, 513, HitLimits.Title])
        {
            var title = new string('x', Math.Min(length, HitLimits.Title) - 1) + 'y';
            Assert.Equal(title, Read(title).Title);
        }
    }

    [Fact]
    public async Task Texts_that_share_a_place_are_not_mixed_up_by_many_threads()
    {
        // More different texts than are remembered, so that they take each other's place all the time.
        var threads = Enumerable.Range(0, 4).Select(thread => Task.Run(() =>
        {
            for (var number = 0; number < 30_000; number++)
            {
                var title = "title " + (number % (thread + 9_000));
                if (Read(title).Title != title)
                    return title;
            }
            return null;
        }));

        Assert.All(await Task.WhenAll(threads), Assert.Null);
    }

    static SentEvent Read(string title)
    {
        var sent = new SentEvent();
        Assert.Null(NativeDecoder.Read(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { url = "https://a.example/", title })), sent));
        return sent;
    }
}
