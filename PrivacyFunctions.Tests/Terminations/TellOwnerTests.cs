using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Links;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Records;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Terminations;
using PrivacyFunctions.Terminations.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Terminations;

/// <summary>What the owner is mailed when the account ends.</summary>
[Clause("T-ACTIVE")]
public class TellOwnerTests
{
    [Fact]
    public async Task Terminated_OwnerWhoMayUndo_IsMailedTheLink() => Assert.Contains("/accounts/undo/", await ToldAsync(mayUndo: true));

    [Fact]
    public async Task Terminated_OwnerWhoMayNotUndo_IsMailedNoLink()
    {
        var text = await ToldAsync(mayUndo: false);
        Assert.DoesNotContain("/accounts/undo/", text);
        Assert.Contains("write to our Data Protection Officer", text);
    }

    private static async Task<string> ToldAsync(bool mayUndo)
    {
        var records = await SharedRecords.OpenAsync();
        var (contacts, mailer) = (new Contacts(records.Storage), new ListeningMailer());
        var site = Options.Create(new SiteOptions { BaseUrl = new("http://127.0.0.1/") });
        var mails = new CaseMails(records.Storage, contacts, TestLetters.Writer, mailer, site, TimeProvider.System);
        var plan = new TerminationPlan(LegalClock.Ordinary, TimeSpan.FromDays(14), 14);
        var asked = TerminationDecisions.Receive(
            CaseId.FromBytes(Guid.NewGuid().ToByteArray()), AccountId.Parse("t-1"), TerminationBy.Company, plan, DateTimeOffset.UtcNow);
        CaseFact[] facts =
        [
            new TerminationFact.TerminationRequested(TerminationBy.Company, asked.Account, "operator", "c0"),
            LegalTimes.In("Europe/Dublin").Terminate(plan, DateTimeOffset.UtcNow),
        ];
        var id = (await records.Cases.CreateAsync(asked with { OwnerMayUndo = mayUndo }, facts, Actors.System, default)).Id;
        await contacts.KeepAsync(id, EmailAddress.Parse("owner@example.com"), null, null, default);

        var (map, sources) = (DataMapRegister.LoadEmbedded(), new PersonalDataSources([]));
        var owners = new AccountOwners(map, sources, new(map, sources), new(records.Storage, records.Cases, TimeProvider.System)); // nobody noted who owned it
        await new TellOwner(
            records.Cases, mails, new(contacts, owners, new(records.Cases, mails)), new(map, mails), new(site, new(new EphemeralDataProtectionProvider())),
            map).TellTerminated(new(id), default);

        return Assert.Single(mailer.Mails).Letter.ToText();
    }
}
