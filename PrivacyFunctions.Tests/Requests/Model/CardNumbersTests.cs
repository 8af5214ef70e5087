using System.Diagnostics;
using CsCheck;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Requests.Model;

/// <summary>Card numbers in what people write: masked, and nothing else is. The numbers are the card schemes' own test numbers.</summary>
[Clause("C-MINIMUM")]
public class CardNumbersTests
{
    [Theory]
    [InlineData("You charged 4111111111111111 twice.", "You charged …1111 twice.")]
    [InlineData("4111 1111 1111 1111", "…1111")]
    [InlineData("4111-1111-1111-1111, valid till 12/29", "…1111, valid till 12/29")]
    [InlineData("4111 - 1111 - 1111 - 1111", "…1111")]
    [InlineData("4111\u00A01111\u20131111\u00A01111", "…1111")]
    [InlineData("3782 822463 10005", "…0005")] // 15 digits
    [InlineData("4222222222222", "…2222")] // 13
    [InlineData("5555 5555 5555 4444 123", "…4444 123")] // with what stands on its back
    [InlineData("4111111111111111 5555555555554444", "…1111 …4444")]
    [InlineData("4111111111111111\n5555555555554444", "…1111\n…4444")]
    [InlineData("4111.1111.1111.1111", "…1111")]
    [InlineData("4111 1111\n1111 1111", "…1111")]
    [InlineData("４１１１ １１１１ １１１１ １１１１", "…1111")]
    [InlineData("No. 0421: 4111 1111 1111 1111", "No. 0421: …1111")]
    public void CardNumber_BecomesItsLastFourDigits(string text, string masked) => Assert.Equal(masked, CardNumbers.Mask(text));

    [Theory]
    [InlineData("4111111111111112")] // no card has it
    [InlineData("411111111111")] // too short
    [InlineData("41111111111111111111")] // too long
    [InlineData("Call +49 30 1234567 or 0800 330 1000.")]
    [InlineData("On 2026-03-02 and 2026-03-09 I wrote to you.")]
    [InlineData("00112233445566778899aabbccddeeff")]
    [InlineData("Invoices 1001, 1002, 1003 and 1004; 20.000,00 EUR")]
    [InlineData("From 2026-03-02 - 2026-03-04 nobody answered, nor 2026-03-02 2026-03-04.")]
    [InlineData("My phone has the IMEI 490154203237518.")]
    [InlineData("I called from 00442079460006.")]
    [InlineData("")]
    public void OtherNumbers_Stay(string text) => Assert.Equal(text, CardNumbers.Mask(text));

    private static readonly Gen<string> Card =
        from scheme in OneOf(("4", 16), ("4", 13), ("51", 16), ("2221", 16), ("34", 15), ("6011", 16), ("62", 19), ("36", 14), ("3530", 16))
        from digits in Gen.Int[0, 9].Array[scheme.Item2 - 1 - scheme.Item1.Length]
        select WithCheckDigit(scheme.Item1 + string.Concat(digits));

    private static readonly Gen<string> Separated =
        from card in Card
        from sizes in Gen.Int[3, 6].Array[7]
        from marks in OneOf(" ", "-", "  ", " - ", ".", "/", "\n", "\u200B", "\u00A0").Array[7]
        select InGroups(card, sizes, marks);

    [Fact]
    public void EveryCardNumber_HoweverItIsGrouped_LeavesFourOfItsDigits() => (
        from card in Gen.OneOf(Card, Separated)
        from before in OneOf("", "My card ", "x: ")
        from after in OneOf("", ".", " is mine\n")
        select (card, before, after))
        .Sample(text =>
        {
            var digits = new string([.. text.card.Where(char.IsAsciiDigit)]);
            Assert.Equal($"{text.before}…{digits[^4..]}{text.after}", CardNumbers.Mask($"{text.before}{text.card}{text.after}"));
        });

    // A text of the largest form is gone through in no time, whatever is in it.
    [Theory]
    [InlineData("1 ")]
    [InlineData("4")]
    [InlineData("4111 ")]
    [InlineData("411 ")]
    public void LongText_OfNothingButDigits_TakesNoTime(string part)
    {
        var text = string.Concat(Enumerable.Repeat(part, 64 * 1024 / part.Length));
        var began = Stopwatch.GetTimestamp();
        _ = CardNumbers.Mask(text);
        Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void NumbersThatNoCardHas_Stay() => Card.Sample(card =>
    {
        var wrong = card[..^1] + (char)('0' + ((card[^1] - '0' + 1) % 10));
        Assert.Equal(wrong, CardNumbers.Mask(wrong));
    });

    [Fact]
    public void Masked_Again_StaysAsItIs() => Gen.String[Gen.OneOf(Gen.Char['0', '9'], Gen.Const(' '), Gen.Const('-'), Gen.Const('a')), 0, 80]
        .Sample(text => Assert.Equal(CardNumbers.Mask(text), CardNumbers.Mask(CardNumbers.Mask(text))));

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static string InGroups(string card, int[] sizes, string[] marks)
    {
        var text = "";
        for (var (at, group) = (0, 0); at < card.Length; group++)
        {
            var size = card.Length - at - sizes[group] < 3 ? card.Length - at : sizes[group];
            text += (at == 0 ? "" : marks[group]) + card[at..(at + size)];
            at += size;
        }

        return text;
    }

    private static string WithCheckDigit(string digits)
    {
        var sum = digits.Reverse().Select((digit, place) => (digit - '0') * (place % 2 == 0 ? 2 : 1)).Sum(value => value > 9 ? value - 9 : value);
        return $"{digits}{(10 - sum % 10) % 10}";
    }
}
