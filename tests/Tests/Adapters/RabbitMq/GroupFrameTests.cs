using System.Buffers;
using Footfall.Adapters.RabbitMq;

namespace Footfall.Tests.Adapters.RabbitMq;

public sealed class GroupFrameTests
{
    static readonly Guid Publisher = new("01890a5d-ac96-774b-bcce-b302099a8057");

    [Fact]
    public void Records_come_out_as_they_went_in_and_meet_each_other()
    {
        var records = GroupFrame.Read(7, Message([1, 2, 3], [], [4]));
        Assert.Equal([[1, 2, 3], [], [4]], records.Select(record => record.Record.Bytes.ToArray()));
        Assert.All(records, record => Assert.True(record.IsWhole));
        Assert.Equal([GroupFrame.PositionOf(7), GroupFrame.PositionOf(7, 1), GroupFrame.PositionOf(7, 2)], records.Select(record => record.Record.Offset));
        Assert.Equal([GroupFrame.PositionOf(7, 1), GroupFrame.PositionOf(7, 2), GroupFrame.PositionOf(8)], records.Select(record => record.Record.NextOffset));
    }

    [Fact]
    public void A_message_says_whose_it_is_and_which()
    {
        var message = Message();
        Assert.Equal(42, GroupFrame.SequenceOf(message, Publisher));
        Assert.Null(GroupFrame.SequenceOf(message, Guid.Empty));
        Assert.Null(GroupFrame.SequenceOf([1, 2], Publisher));
        Assert.Empty(GroupFrame.Read(0, message));
    }

    [Fact]
    public void Padding_is_no_record()
    {
        var body = Begin();
        GroupFrame.Add(body, [1]);
        GroupFrame.Pad(body, 1000);
        Assert.True(body.WrittenCount > 1000);
        Assert.Single(GroupFrame.Read(0, body.WrittenMemory));
    }

    [Fact]
    public void Whatever_byte_changes_no_wrong_record_comes_out()
    {
        byte[][] sent = [[1, 2, 3], [9, 9], [4, 5, 6, 7]];
        var whole = Message(sent);
        for (var at = 0; at < whole.Length; at++)
        {
            var damaged = whole.ToArray();
            damaged[at] ^= 0x40;
            var records = GroupFrame.Read(3, damaged);
            var good = records.Where(record => record.IsWhole).Select(record => record.Record.Bytes.ToArray()).ToList();
            Assert.All(good, record => Assert.Contains(record, sent));
            // In the header only the sender's name and number are not checked: no record depends on them.
            Assert.True(at is > 0 and < GroupFrame.HeaderBytes ? good.Count == 3 : good.Count < 3, $"byte {at}");
            Assert.Equal(GroupFrame.PositionOf(4), records[^1].Record.NextOffset);
        }
    }

    [Fact]
    public void What_is_cut_short_is_damage_up_to_the_next_message()
    {
        var whole = Message([1, 2, 3], [4, 5]);
        for (var length = 0; length < whole.Length; length++)
        {
            var records = GroupFrame.Read(3, whole.AsMemory(0, length));
            Assert.True(records.Count == 0 || !records[^1].IsWhole || records.Count < 2, $"cut to {length}");
            Assert.All(records.Take(records.Count - 1), record => Assert.True(record.IsWhole));
        }
    }

    static byte[] Message(params byte[][] records)
    {
        var body = Begin();
        foreach (var record in records)
            GroupFrame.Add(body, record);
        return body.WrittenSpan.ToArray();
    }

    static ArrayBufferWriter<byte> Begin()
    {
        var body = new ArrayBufferWriter<byte>();
        GroupFrame.Begin(body, Publisher, 42);
        return body;
    }
}
