using PrivacyFunctions.Mail;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Newsletters;

[Clause("M-ESSENTIAL")]
public class MessageKindTests
{
    [Fact]
    public void Essential_Kinds_AreExactlyThoseOfThePolicy() => Assert.Equal(
        [EssentialKind.Account, EssentialKind.Security, EssentialKind.Privacy, EssentialKind.Transaction],
        Enum.GetValues<EssentialKind>());

    [Theory]
    [InlineData("account")]
    [InlineData("security")]
    [InlineData("privacy")]
    [InlineData("transaction")]
    [InlineData("newsletter:product-news")]
    public void Read_KindAsSystemsWriteIt_IsWrittenTheSameWay(string text) =>
        Assert.Equal(text, MessageKind.Read(text)?.ToString());

    [Theory]
    [InlineData("")]
    [InlineData("Account")]
    [InlineData("0")]
    [InlineData("marketing")]
    [InlineData("newsletter")]
    [InlineData("newsletter:")]
    [InlineData("newsletter:Product News")]
    [InlineData("newsletter:-news")]
    [InlineData("newsletter:news\n")]
    public void Read_AnythingElse_IsNoKind(string text) => Assert.Null(MessageKind.Read(text));

    [Fact]
    public void NewsletterName_LongerThanAKeyShouldBe_IsNone()
    {
        Assert.True(NewsletterName.TryParse(new string('a', 64), out _));
        Assert.False(NewsletterName.TryParse(new string('a', 65), out _));
    }
}
