using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Access.Model;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Cases;

/// <summary>The places of a mailbox, on real tables.</summary>
[Clause("R-ACCESS")]
public sealed class MailAllowanceTests
{
    // Long before any other test's, since what is old is forgotten of all mailboxes.
    private static readonly DateOnly Day = new(2016, 3, 2);

    private readonly FakeTimeProvider _time = new(new(2016, 3, 2, 9, 0, 0, TimeSpan.Zero));
    private readonly EmailAddress _mailbox = EmailAddress.Parse($"m-{Guid.NewGuid():N}@example.org");

    [Fact]
    [Clause("K-SCHEDULE")]
    public async Task Places_AreForgottenInTime()
    {
        var allowance = await OpenAsync();
        _time.Advance(TimeSpan.FromDays(MailAllowance.DaysKept) - TimeSpan.FromMinutes(1));
        await allowance.ForgetOldAsync(default);
        Assert.Single(await TakenAsync(allowance));
        _time.Advance(TimeSpan.FromMinutes(2));
        await allowance.ForgetOldAsync(default);
        Assert.Empty(await TakenAsync(allowance));
    }

    [Fact]
    public async Task Place_ThatTwoTakeOverAtOnce_IsTheFirstOnes()
    {
        var allowance = await OpenAsync();
        var place = Assert.Single(await TakenAsync(allowance));
        var (first, second) = (FreshId(), FreshId());

        Assert.True(await allowance.TryTakeOverAsync(_mailbox, place, new(first), default));
        Assert.False(await allowance.TryTakeOverAsync(_mailbox, place, new(second), default));

        Assert.Equal(first, Assert.Single(await TakenAsync(allowance)).Applicant.Case);
    }

    private static CaseId FreshId() => CaseId.FromBytes(Guid.NewGuid().ToByteArray());

    private Task<IReadOnlyList<MailPlace>> TakenAsync(MailAllowance allowance) =>
        allowance.TakenAsync(_mailbox, CaseKind.Access, Day, default);

    // With one place of the mailbox taken.
    private async Task<MailAllowance> OpenAsync()
    {
        var storage = (await SharedRecords.OpenAsync()).Storage;
        var pepper = Options.Create(new PrivacyOptions { Pepper = Convert.ToBase64String(new byte[32]) });
        var allowance = new MailAllowance(storage, new(storage, pepper, _time), _time);
        Assert.True(await allowance.TryTakeAsync(_mailbox, CaseKind.Access, Day, [], new(FreshId()), default));
        return allowance;
    }
}
