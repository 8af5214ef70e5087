using PrivacyFunctions.Callers;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Callers;

[Clause("C-SECURE")]
public class CallerKeyTests
{
    [Fact]
    public void Key_ReadBack_IsTheSame()
    {
        var key = CallerKey.Create();
        var again = CallerKey.Read(key.Reveal())!;

        Assert.Equal((key.Hash, key.Reveal()), (again.Hash, again.Reveal()));
        Assert.Matches("^[0-9a-f]{64}$", key.Hash);
        Assert.NotEqual(key.Hash, CallerKey.Create().Hash);
        Assert.NotEqual(key.Reveal(), CallerKey.Create().Reveal());
    }

    [Fact]
    public void Key_WrittenByAccident_ShowsItsNumberOnly()
    {
        var key = CallerKey.Create();

        Assert.Equal(CallerKey.NumberOf(key.Hash), $"{key}");
        Assert.Equal(12, $"{key}".Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("pfk_")]
    [InlineData("pfk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")] // a character short
    [InlineData("pfk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")] // and one too many
    [InlineData("PFK_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("pfk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA+A")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Text_OfAnotherShape_IsNoKey(string text) => Assert.Null(CallerKey.Read(text));

    [Theory]
    [InlineData("agent,approver", "agent, approver", "")]
    [InlineData("approver, agent,agent", "agent, approver", "")]
    [InlineData("Agent,owner", "", "Agent owner")]
    [InlineData("none,31", "", "none 31")]
    [InlineData("", "", "")]
    public void Roles_AreReadByTheirExactNames(string words, string read, string unknown)
    {
        Assert.Equal(read, CallerRoles.Read(words, out var names).Words());
        Assert.Equal(unknown, string.Join(' ', names));
    }
}
