using CsCheck;
using PrivacyFunctions.LocalHost.Outbox;

namespace PrivacyFunctions.Tests.Ground;

public sealed class TextLinksTests
{
    [Theory]
    [InlineData("go to https://a.example/x?y=1&z=2.", "https://a.example/x?y=1&z=2")]
    [InlineData("(see http://a.example/path/)", "http://a.example/path/")]
    [InlineData("<https://a.example/u>", "https://a.example/u")]
    [InlineData("HTTPS://A.EXAMPLE", "HTTPS://A.EXAMPLE")]
    [InlineData("https://a.example/t.o.k-e_n=?", "https://a.example/t.o.k-e_n=")]
    public void Split_TextWithAnAddress_FindsItWithoutTheSentencesPunctuation(string text, string address) =>
        Assert.Equal(address, Assert.Single(TextLinks.Split(text), piece => piece.IsLink).Text);

    [Fact]
    public void Split_NoAddress_IsOnePieceOfText() =>
        Assert.Equal([new TextPiece("javascript:alert(1) http://", false)], TextLinks.Split("javascript:alert(1) http://"));

    [Fact]
    public void Split_AnyText_JoinsToTheSameText() =>
        Gen.OneOf(Gen.Const("https://a.b/"), Gen.String).Array[0, 6].Select(string.Concat)
            .Sample(text => string.Concat(TextLinks.Split(text).Select(piece => piece.Text)) == text);
}
