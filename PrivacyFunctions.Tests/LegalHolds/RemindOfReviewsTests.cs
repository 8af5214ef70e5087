using Microsoft.Extensions.Options;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.LegalHolds;
using PrivacyFunctions.LegalHolds.Model;
using PrivacyFunctions.Links;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Records;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Tests.Support;
using PrivacyFunctions.Tests.Sweeps;

namespace PrivacyFunctions.Tests.LegalHolds;

/// <summary>Holds whose review is due, in records of the test's own.</summary>
[Clause("K-EXTEND")]
public class RemindOfReviewsTests
{
    /// <summary>A hold that counts as reminded of is not looked at for a week.</summary>
    [Fact]
    public async Task Reminder_ThatCannotBeMailed_IsSentByTheNextLookAndThenNotAgain()
    {
        var (store, mailer) = (await SweptStore.OpenAsync(), new ListeningMailer { IsAwayFor = _ => true });
        var hold = new Hold("claim", HoldKind.Legal, DataSet: null, "A claim.", "legal", new(2020, 1, 31));
        await store.Holds.PlaceAsync(EmailAddress.Parse("one@example.com"), hold, "op-1", CancellationToken.None);
        var mails = new CaseMails(
            store.Storage, new Contacts(store.Storage), TestLetters.Writer, mailer, Options.Create(new SiteOptions { BaseUrl = new("http://127.0.0.1/") }),
            TimeProvider.System);
        var reminder = new RemindOfReviews(new(store.Storage), new(store.Map, mails), LegalTimes.In("Europe/Dublin"));

        await Assert.ThrowsAsync<HttpRequestException>(() => reminder.RunAsync(null!, CancellationToken.None));
        mailer.IsAwayFor = _ => false;
        await reminder.RunAsync(null!, CancellationToken.None);
        await reminder.RunAsync(null!, CancellationToken.None);

        Assert.Contains("claim", Assert.Single(mailer.Mails).Letter.ToText(), StringComparison.Ordinal);
    }

    /// <summary>Nobody could ever end the hold of a person who was right to object: its case is closed, and the mailbox forgotten.</summary>
    [Fact]
    [Clause("R-OBJECT")]
    public async Task Review_OfAnObjectionThatWasUpheld_IsNotDue_AndOfOneThatAnOperatorPlacedItIs()
    {
        var store = await SweptStore.OpenAsync();
        var (ofRequest, byHand) = (Hold.IdOf(CaseId.FromBytes(new byte[16]), "usage-log"), "objection-1");
        foreach (var id in new[] { ofRequest, byHand })
            await store.Holds.PlaceAsync(
                EmailAddress.Parse("one@example.com"), new(id, HoldKind.Objection, "usage-log", "An objection.", "privacy", new(2020, 1, 31)), "op-1",
                CancellationToken.None);
        var due = await new HoldReviews(store.Storage).ToReviewAsync(new(2026, 3, 2), 7, CancellationToken.None).ToListAsync();
        Assert.Equal(byHand, Assert.Single(due).Hold.Id);
    }
}
