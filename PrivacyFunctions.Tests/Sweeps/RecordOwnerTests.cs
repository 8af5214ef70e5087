using PrivacyFunctions.DataMap;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Sweeps;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Sweeps;

/// <summary>Whose a record is decides what protects it; where that cannot be told, nothing is destroyed.</summary>
[Clause("K-SCHEDULE")]
public class RecordOwnerTests
{
    private static readonly DataMapRegister Map = DataMapRegister.LoadEmbedded();
    private static readonly EmailAddress Somebody = EmailAddress.Parse("o'neill+news@example.com");
    private static readonly string Key = KeyPath.Encode(Somebody);

    [Fact]
    public void Of_KeysAsTheMapMakesThem_AreReadBack()
    {
        Assert.Equal(new RecordOwner.Mailbox(Somebody), Row("newsletter-subscriptions", Key));
        Assert.Equal(new RecordOwner.Person(Person("p-017")), Row("usage-log", "p-017"));
        Assert.Equal(new RecordOwner.Mailbox(Somebody), Of("support-conversations", ItemKey.OfBlob($"{Key}/T-1/conversation.json")));
        Assert.Equal(new RecordOwner.Nobody(), Row("messages", "any"));
    }

    [Fact]
    public void Of_PropertiesThatAreCompared_AreReadLikeThem()
    {
        Assert.Equal(new RecordOwner.Mailbox(Somebody), Row("testimonials", "published", ("Email", " O'Neill+News@EXAMPLE.com")));
        Assert.Equal(new RecordOwner.Person(Person("p-017")), Row("forum-answers", "p-001", ("InReplyToPersonId", "p-017")));
        Assert.Equal(new RecordOwner.NotInSet(), Row("forum-answers", "p-001", ("InReplyToPersonId", null)));
        Assert.Equal(new RecordOwner.NotInSet(), Row("forum-answers", "p-001", ("InReplyToPersonId", "")));
        Assert.Equal(new RecordOwner.Unknown(), Row("forum-answers", "p-001", ("InReplyToPersonId", 17)));
        Assert.Equal(new RecordOwner.Unknown(), Row("testimonials", "published", ("Email", "nobody")));
    }

    [Theory]
    [InlineData("somebody@example.com")] // in the clear
    [InlineData("c29tZWJvZHk")] // no address
    [InlineData("U09NRUJPRFlARVhBTVBMRS5DT00")] // SOMEBODY@EXAMPLE.COM, which we would write in small letters
    [InlineData("_")]
    public void Of_AKeyThatNobodyOfUsMade_IsUnknown(string partition) =>
        Assert.Equal(new RecordOwner.Unknown(), Row("newsletter-subscriptions", partition));

    [Fact]
    public void Of_ABlobInNobodysFolder_IsUnknown()
    {
        Assert.Equal(new RecordOwner.Unknown(), Of("support-conversations", ItemKey.OfBlob("readme.txt")));
        Assert.Equal(new RecordOwner.Unknown(), Of("support-conversations", ItemKey.OfBlob("somebody@example.com/T-1/conversation.json")));
    }

    [Fact]
    public void Of_ARowThatWasAnonymised_IsNobodys() => Assert.Equal(new RecordOwner.NotInSet(), Row("forum-posts", "~anonymous-7"));

    /// <summary>What was released goes, a person's or an account's; what lists the holds in force is not of the set.</summary>
    [Fact]
    [Clause("K-EXTEND")]
    public void Of_AHold_IsNobodysAndItsListIsNotInTheSet()
    {
        Assert.Equal(new RecordOwner.Nobody(), Row("holds", $"person-{new string('a', 43)}"));
        Assert.Equal(new RecordOwner.Nobody(), Row("holds", "account-A-1001"));
        Assert.Equal(new RecordOwner.NotInSet(), Row("holds", "held-k1"));
    }

    private static PersonId Person(string id) => PersonId.TryParse(id, out var person) ? person : default;

    private static RecordOwner Row(string set, string partition, params (string Name, object? Value)[] values) =>
        Of(set, ItemKey.OfRow(partition, "row"), values);

    private static RecordOwner Of(string set, ItemKey key, params (string Name, object? Value)[] values) => RecordOwner.Of(
        Map[DataSetId.Parse(set)], new(key, "v", values.ToDictionary(value => value.Name, value => value.Value)));
}
