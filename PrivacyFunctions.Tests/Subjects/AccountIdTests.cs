using PrivacyFunctions.Records;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Tests.Subjects;

public class AccountIdTests
{
    [Theory]
    [InlineData("c-00001", "c-00001")]
    [InlineData("  c-00001\t", "c-00001")]
    [InlineData("\u00A0c-00001\u3000", "c-00001")] // blanks that do not break, and full-width ones
    [InlineData("C-00001", "c-00001")]
    [InlineData("c\u201000001", "c-00001")]
    [InlineData("c\u201100001", "c-00001")]
    [InlineData("c\u201300001", "c-00001")] // what phones make of a hyphen
    [InlineData("c\u201400001", "c-00001")]
    [InlineData("c\u201200001", "c-00001")]
    [InlineData("c\u201500001", "c-00001")]
    [InlineData("c\uFE5800001", "c-00001")]
    [InlineData("c\uFE6300001", "c-00001")]
    [InlineData("c\u221200001", "c-00001")]
    [InlineData("\uFF23\uFF0D\uFF10\uFF10\uFF10\uFF10\uFF11", "c-00001")] // full-width
    [InlineData("\u200Ec-00001\u200B\u00AD", "c-00001")] // invisible marks that come along when it is copied
    [InlineData("A_1", "a_1")]
    public void Typed_ByPeople_IsTheNumberThatTheCompanyWrites(string typed, string number)
    {
        Assert.True(AccountId.TryReadTyped(typed, AccountLetters.Lower, out var id));
        Assert.Equal(number, id.Value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("c 00001")] // could be c-00001 or c00001
    [InlineData("c-0000\u00B9")] // a raised 1 is none
    [InlineData("c-0000\u0661")] // nor an Arabic one
    [InlineData("\u0441-00001")] // a Cyrillic letter
    [InlineData("\u0130-1")] // whose small letter is not ASCII
    [InlineData("c-1'")]
    [InlineData("c-1\nc-2")]
    public void Typed_OrSomethingElse_IsNoNumber(string? typed) =>
        Assert.All(Enum.GetValues<AccountLetters>(), letters => Assert.False(AccountId.TryReadTyped(typed, letters, out _)));

    [Theory]
    [InlineData(AccountLetters.Either, "Ab-1")]
    [InlineData(AccountLetters.Lower, "ab-1")]
    [InlineData(AccountLetters.Upper, "AB-1")]
    public void Letters_ChangeOnlyWhereTheCompanyWritesAllInOneCase(AccountLetters letters, string number)
    {
        Assert.True(AccountId.TryReadTyped(" Ab-1 ", letters, out var id));
        Assert.Equal(number, id.Value);
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void Typed_Length_IsThatOfTheNumberWithoutTheBlanks(int length, bool isOne) =>
        Assert.Equal(isOne, AccountId.TryReadTyped($"  {new string('a', length)}  ", AccountLetters.Either, out _));

    [Fact]
    public void Typed_TextWithoutEnd_IsNoNumber()
    {
        Assert.False(AccountId.TryReadTyped(new string(' ', 100_000) + "a", AccountLetters.Either, out _));
        Assert.True(AccountId.TryReadTyped(new string(' ', 255) + "a", AccountLetters.Either, out _));
        Assert.False(AccountId.TryReadTyped(new string(' ', 256) + "a", AccountLetters.Either, out _));
    }

    // The first and the last of them; what lies beyond them is something else.
    [Theory]
    [InlineData("\uFF10\uFF19\uFF21\uFF3A\uFF41\uFF5A\uFF3F", "09AZaz_")]
    [InlineData("a\uFF00", null)]
    [InlineData("a\uFF01", null)]
    [InlineData("a\uFF5E", null)]
    [InlineData("a\uFF5F", null)]
    public void Typed_FullWidth_IsTheSameInAsciiIfANumberMayHoldIt(string typed, string? number)
    {
        Assert.Equal(number is not null, AccountId.TryReadTyped(typed, AccountLetters.Either, out var id));
        if (number is not null) Assert.Equal(number, id.Value);
    }

    [Fact]
    public void Written_ByThisSoftware_IsReadBackAndNothingElseIs()
    {
        var id = AccountId.Parse("C-1_a");
        Assert.Equal(("C-1_a", "C-1_a", "\"C-1_a\""), (id.Value, id.ToString(), RecordJson.Write(id)));
        Assert.Equal(id, RecordJson.Read<AccountId>("\"C-1_a\""));
        Assert.Throws<FormatException>(() => AccountId.Parse(" C-1_a"));
        Assert.Throws<FormatException>(() => RecordJson.Read<AccountId>("null"));
        Assert.Throws<InvalidOperationException>(() => default(AccountId).Value);
    }

    [Fact]
    public void TryParse_WhatIsNoNumber_LeavesNone()
    {
        Assert.False(AccountId.TryParse("c 1", out var id));
        Assert.Equal(default, id);
    }
}
