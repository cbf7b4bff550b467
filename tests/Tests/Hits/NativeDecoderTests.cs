using System.Text;
using CsCheck;
using Footfall.Core.Hits;

namespace Footfall.Tests.Hits;

public sealed class NativeDecoderTests
{
    static (HitError? Error, List<NativeEvent> Events) Split(string body)
    {
        var events = new List<NativeEvent>();
        return (NativeDecoder.Split(Encoding.UTF8.GetBytes(body), events), events);
    }

    [Theory]
    [InlineData("""{"url":"https://a.example/"}""", 1)]
    [InlineData("""[{"url":"https://a.example/"},{"name":"click"}]""", 2)]
    [InlineData("{\"name\":\"a\"}\n{\"name\":\"b\"}\r\n{\"name\":\"c\"}\n", 3)]
    public void One_object_an_array_and_lines_are_all_events(string body, int count)
    {
        var (error, events) = Split(body);
        Assert.Null(error);
        Assert.Equal(count, events.Count);
    }

    [Theory]
    [InlineData("", -1, "")]
    [InlineData("[]", -1, "")]
    [InlineData("{", 0, "")]
    [InlineData("7", 0, "")]
    [InlineData("""[{"name":"a"},{"name":7}]""", 1, "name")]
    [InlineData("""{"title":"no url"}""", 0, "url")]
    [InlineData("""{"name":"a","colour":"red"}""", 0, "colour")]
    [InlineData("""{"name":"a","time":1700000000}""", 0, "time")]
    [InlineData("""{"name":"a","props":{"deep":{}}}""", 0, "props.deep")]
    [InlineData("""{"name":"a","revenue":{"amount":1e12}}""", 0, "revenue.amount")]
    [InlineData("""{"name":"a","revenue":{"amount":1,"currency":"euro"}}""", 0, "revenue.currency")]
    [InlineData("""{"name":"a","engagement_ms":-1}""", 0, "engagement_ms")]
    [InlineData("""{"name":"a","screen":"wide"}""", 0, "screen")]
    [InlineData("""{"name":"a","items":[{"sku":"x"}]}""", 0, "items.sku")]
    public void What_is_wrong_is_named_with_its_place(string body, int index, string field)
    {
        var error = Split(body).Error;
        Assert.NotNull(error);
        Assert.Equal((index, field), (error.Index, error.Field));
    }

    [Fact]
    public void A_limit_that_was_passed_is_told()
    {
        Assert.Equal(HitLimits.Id, Split($$"""{"name":"a","event_id":"{{new string('x', HitLimits.Id + 1)}}"}""").Error?.Limit);
        Assert.Equal(HitLimits.EventsPerRequest, Split(string.Concat(Enumerable.Repeat("{\"name\":\"a\"}", HitLimits.EventsPerRequest + 1))).Error?.Limit);
        var props = string.Join(',', Enumerable.Range(0, HitLimits.PropKeys + 1).Select(key => $"\"k{key}\":1"));
        Assert.Equal(HitLimits.PropKeys, Split("{\"name\":\"a\",\"props\":{" + props + "}}").Error?.Limit);
    }

    [Fact]
    public void The_address_and_agent_are_not_in_what_is_kept()
    {
        var (_, events) = Split("""{"name":"a","address":"203.0.113.7","props":{"x":1}}""");
        Assert.Equal("203.0.113.7", events[0].Sent.Address);
        var kept = Encoding.UTF8.GetString(events[0].Payload.Span);
        Assert.DoesNotContain("203.0.113.7", kept);
        var again = new SentEvent();
        Assert.Null(NativeDecoder.Read(events[0].Payload.Span, again));
        Assert.Equal(("a", "{\"x\":1}"), (again.Name, again.Props));
    }

    [Fact]
    public void Money_is_kept_to_the_millionth_and_times_in_either_form()
    {
        var sent = Split("""{"name":"a","revenue":{"amount":"12.345678","currency":"eur"},"time":"2026-01-31T12:00:00+01:00"}""").Events[0].Sent;
        Assert.Equal((12_345_678, "EUR", 1_769_857_200_000), (sent.AmountMicros, sent.Currency, sent.Time));
        Assert.Equal(1_769_857_200_000, Split("""{"name":"a","time":1769857200000}""").Events[0].Sent.Time);
    }

    [Fact]
    public void No_body_breaks_it()
    {
        Gen.Byte.Array[0, 200].Sample(body => NativeDecoder.Split(body, []), iter: 20_000);
        string[] pieces =
        [
            "{", "}", "[", "]", ":", ",", "\"name\"", "\"url\"", "\"props\"", "\"items\"", "\"revenue\"", "\"amount\"", "\"time\"", "\"a\"", "1", "-1e999",
            "null", "true", "\"\\ud800\"", "\"\\u0000\"", "\n", " ",
        ];
        Gen.Int[0, pieces.Length - 1].Select(place => pieces[place]).Array[0, 24].Sample(parts => NativeDecoder.Split(Encoding.UTF8.GetBytes(string.Concat(parts)), []), iter: 50_000);
    }

    [Fact]
    public void What_the_collector_does_not_read_it_checks_as_whoever_reads_it_does()
    {
        string[] texts = ["", "a", "é", "\\u0041", "\\ud800", "\\u0000", new('x', 40), new('x', 100), new('x', 101), new('é', 100), new('é', 101), new('x', 4_097), string.Concat(Enumerable.Repeat("Ã©", 60))];
        string[] fields = ["name", "url", "title", "referrer", "event_id", "order_id", "session_id", "language", "tracker", "colour"];
        var anyText = Gen.Int[0, texts.Length - 1].Select(place => texts[place]);
        var anyField = Gen.Int[0, fields.Length - 1].Select(place => fields[place]);
        var field = Gen.Select(anyField, anyText).Select((name, text) => $"\"{name}\":\"{text}\"");
        var prop = Gen.Select(anyText, anyText).Select((key, text) => $"\"props\":{{\"{key}\":\"{text}\",\"n\":1}}");
        Gen.OneOf(field, field, prop).Array[0, 5].Sample(
            parts =>
            {
                // One byte a character, so that some texts are no UTF-8.
                var body = Encoding.Latin1.GetBytes("{" + string.Join(',', parts) + "}");
                var (split, read) = (NativeDecoder.Split(body, []), NativeDecoder.Read(body, new SentEvent()));
                Assert.Equal((read?.Field, read?.Limit, read is { Field: "" }), (split?.Field, split?.Limit, split is { Field: "" }));
                Assert.True(read is null or { Field: "" } || read.Detail == split!.Detail);
            },
            iter: 20_000);
    }

    [Fact]
    public void A_pixel_says_the_same_as_the_json_it_stands_for()
    {
        var json = PixelQuery.ToJson([
            new("url", "https://a.example/"), new("prop.plan", "pro"), new("revenue", "9.99"), new("currency", "USD"), new("engagement_ms", "1500")]);
        var events = new List<NativeEvent>();
        Assert.Null(NativeDecoder.Split(json, events));
        var sent = new SentEvent();
        Assert.Null(NativeDecoder.Read(events[0].Payload.Span, sent));
        Assert.Equal(("https://a.example/", "{\"plan\":\"pro\"}", 9_990_000, "USD", 1500), (sent.Url, sent.Props, sent.AmountMicros, sent.Currency, sent.EngagementMs));
    }
}
