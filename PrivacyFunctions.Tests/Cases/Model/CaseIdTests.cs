using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Tests.Cases.Model;

/// <summary>A case's reference: what is one, and that it comes back as it was written.</summary>
public class CaseIdTests
{
    private const string Digits = "00112233445566778899aabbccddeeff";

    [Fact]
    public void FromBytes_SixteenOrMore_TakesTheFirstSixteen()
    {
        var bytes = Convert.FromHexString(Digits + "4711");
        Assert.Equal(Digits, CaseId.FromBytes(bytes.AsSpan(0, 16)).Value);
        Assert.Equal(Digits, CaseId.FromBytes(bytes).Value);
        Assert.Throws<ArgumentException>(() => CaseId.FromBytes(bytes.AsSpan(0, 15)));
    }

    [Theory]
    [InlineData(Digits)]
    [InlineData("00112233445566778899AABBCCDDEEFF")] // as some mail programs change a link
    public void TryParse_ThirtyTwoDigits_IsOneIdWhateverTheirCase(string text)
    {
        Assert.True(CaseId.TryParse(text, out var id));
        Assert.Equal((Digits, Digits), (id.Value, id.ToString()));
        Assert.Equal(CaseId.Parse(Digits), id);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("00112233445566778899aabbccddeef")]
    [InlineData("00112233445566778899aabbccddeeff0")]
    [InlineData("00112233445566778899aabbccddeefg")]
    [InlineData("00112233-4455-6677-8899-aabbccddeeff")]
    public void TryParse_AnythingElse_IsNone(string? text)
    {
        Assert.False(CaseId.TryParse(text, out var id));
        Assert.Equal(default, id);
        Assert.Throws<FormatException>(() => CaseId.Parse(text!));
    }

    [Fact]
    public void Json_OfAnId_IsItsDigitsAndNothingElseIsRead()
    {
        Assert.Equal($"\"{Digits}\"", RecordJson.Write(CaseId.Parse(Digits)));
        Assert.Equal(CaseId.Parse(Digits), RecordJson.Read<CaseId>($"\"{Digits}\""));
        Assert.Throws<FormatException>(() => RecordJson.Read<CaseId>("null"));
    }
}
