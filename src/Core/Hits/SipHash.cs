using System.Buffers.Binary;
using System.Numerics;

namespace Footfall.Core.Hits;

/// <summary>
/// SipHash-2-4 (Aumasson and Bernstein, 2012): a keyed hash that cannot be undone, nor its key found, without trying all 128-bit keys. For messages
/// of a few hundred bytes it takes a fraction of the time of an HMAC.
/// </summary>
static class SipHash
{
    /// <param name="key">Its first 16 bytes are used.</param>
    public static ulong Of(ReadOnlySpan<byte> key, ReadOnlySpan<byte> message)
    {
        var k0 = BinaryPrimitives.ReadUInt64LittleEndian(key);
        var k1 = BinaryPrimitives.ReadUInt64LittleEndian(key[8..]);
        var state = new State(k0, k1);
        var whole = message.Length & ~7;
        for (var at = 0; at < whole; at += 8)
            state.Absorb(BinaryPrimitives.ReadUInt64LittleEndian(message[at..]));
        var last = (ulong)message.Length << 56;
        for (var at = whole; at < message.Length; at++)
            last |= (ulong)message[at] << (8 * (at - whole));
        state.Absorb(last);
        return state.Finish();
    }

    ref struct State(ulong k0, ulong k1)
    {
        // The constants are the letters of "somepseudorandomlygeneratedbytes", as published.
        ulong _v0 = k0 ^ 0x736f6d6570736575;
        ulong _v1 = k1 ^ 0x646f72616e646f6d;
        ulong _v2 = k0 ^ 0x6c7967656e657261;
        ulong _v3 = k1 ^ 0x7465646279746573;

        public void Absorb(ulong word)
        {
            _v3 ^= word;
            Round();
            Round();
            _v0 ^= word;
        }

        public ulong Finish()
        {
            _v2 ^= 0xff;
            for (var round = 0; round < 4; round++)
                Round();
            return _v0 ^ _v1 ^ _v2 ^ _v3;
        }

        void Round()
        {
            _v0 += _v1;
            _v1 = BitOperations.RotateLeft(_v1, 13) ^ _v0;
            _v0 = BitOperations.RotateLeft(_v0, 32);
            _v2 += _v3;
            _v3 = BitOperations.RotateLeft(_v3, 16) ^ _v2;
            _v0 += _v3;
            _v3 = BitOperations.RotateLeft(_v3, 21) ^ _v0;
            _v2 += _v1;
            _v1 = BitOperations.RotateLeft(_v1, 17) ^ _v2;
            _v2 = BitOperations.RotateLeft(_v2, 32);
        }
    }
}
