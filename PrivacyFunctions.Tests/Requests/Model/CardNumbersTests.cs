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
    [InlineData("")]
    public void OtherNumbers_Stay(string text) => Assert.Equal(text, CardNumbers.Mask(text));

    private static readonly Gen<string> Card =
        from length in Gen.Int[13, 19]
        from digits in Gen.Int[0, 9].Array[length - 1]
        select string.Concat(digits) + CheckDigit(digits);

    private static readonly Gen<string> Separated =
        from card in Card
        from marks in Gen.OneOf(Gen.Const(""), Gen.Const(" "), Gen.Const("-"), Gen.Const("  "), Gen.Const(" - ")).Array[card.Length]
        select string.Concat(card.Select((digit, place) => place == 0 ? $"{digit}" : $"{marks[place]}{digit}"));

    [Fact]
    public void EveryCardNumber_HoweverItIsGrouped_LeavesFourOfItsDigits() => (
        from card in Separated
        from before in Gen.OneOf(Gen.Const(""), Gen.Const("My card "), Gen.Const("x: "))
        from after in Gen.OneOf(Gen.Const(""), Gen.Const("."), Gen.Const(" is mine\n"))
        select (card, before, after))
        .Sample(text =>
        {
            var digits = new string([.. text.card.Where(char.IsAsciiDigit)]);
            Assert.Equal($"{text.before}…{digits[^4..]}{text.after}", CardNumbers.Mask($"{text.before}{text.card}{text.after}"));
        });

    [Fact]
    public void NumbersThatNoCardHas_Stay() => Card.Sample(card =>
    {
        var wrong = card[..^1] + (char)('0' + ((card[^1] - '0' + 1) % 10));
        Assert.Equal(wrong, CardNumbers.Mask(wrong));
    });

    [Fact]
    public void Masked_Again_StaysAsItIs() => Gen.String[Gen.OneOf(Gen.Char['0', '9'], Gen.Const(' '), Gen.Const('-'), Gen.Const('a')), 0, 80]
        .Sample(text => Assert.Equal(CardNumbers.Mask(text), CardNumbers.Mask(CardNumbers.Mask(text))));

    private static int CheckDigit(int[] digits)
    {
        var sum = digits.Reverse().Select((digit, place) => place % 2 == 0 ? (digit * 2 > 9 ? digit * 2 - 9 : digit * 2) : digit).Sum();
        return (10 - sum % 10) % 10;
    }
}
