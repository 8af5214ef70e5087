using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Exports;
using PrivacyFunctions.Records;
using PrivacyFunctions.Tests.Engine;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Exports;

/// <summary>How often the codes that open a download are sent and tried: what keeps guessing hopeless.</summary>
[Clause("C-SECURE")]
public class DownloadCodesTests
{
    private readonly FakeTimeProvider _time = new(EngineRun.Start);
    private readonly CaseId _case = CaseId.FromBytes(Guid.NewGuid().ToByteArray());

    [Fact]
    public async Task Codes_OfADay_AreCapped()
    {
        var codes = await OpenAsync();
        for (var number = 0; number < DownloadCodes.CodesADay; number++) Assert.NotNull(await codes.IssueAsync(_case, default));
        Assert.Null(await codes.IssueAsync(_case, default));

        _time.Advance(TimeSpan.FromDays(1));
        Assert.NotNull(await codes.IssueAsync(_case, default));
    }

    [Fact]
    public async Task Codes_OfACase_AreCappedHoweverManyDaysItIsOffered()
    {
        var codes = await OpenAsync();
        for (var number = 0; number < DownloadCodes.CodesACase; number++)
        {
            Assert.NotNull(await codes.IssueAsync(_case, default));
            _time.Advance(TimeSpan.FromHours(12));
        }

        Assert.Null(await codes.IssueAsync(_case, default));
    }

    [Fact]
    public async Task Codes_TakenBack_CountWhenTheyWereTried()
    {
        var codes = await OpenAsync();
        for (var number = 0; number <= DownloadCodes.CodesADay; number++) await codes.TakeBackAsync(_case, await IssueAsync(codes), default);
        for (var number = 0; number < DownloadCodes.CodesADay; number++)
        {
            var code = await IssueAsync(codes);
            await codes.TryAsync(_case, Other(code), "", default);
            await codes.TakeBackAsync(_case, code, default);
        }

        Assert.Null(await codes.IssueAsync(_case, default));
    }

    [Fact]
    public async Task Code_TriedFiveTimes_IsVoid()
    {
        var codes = await OpenAsync();
        var code = await IssueAsync(codes);
        for (var tries = 1; tries <= 5; tries++)
            Assert.Equal(tries < 5 ? CodeVerdict.Wrong : CodeVerdict.Spent, await codes.TryAsync(_case, Other(code), "", default));

        Assert.Equal(CodeVerdict.Void, await codes.TryAsync(_case, code, "", default));
    }

    // A double click on the button of one form, which a page that is opened again is not.
    [Fact]
    public async Task Code_SentTwiceByOneForm_IsRightTwice_AsLongAsItWouldWork()
    {
        var codes = await OpenAsync();
        var code = await IssueAsync(codes);
        Assert.Equal(CodeVerdict.Right, await codes.TryAsync(_case, code, "form-1", default));
        Assert.Equal(CodeVerdict.Right, await codes.TryAsync(_case, code, "form-1", default));
        foreach (var (typed, form) in new[] { (code, "form-2"), (code, ""), (Other(code), "form-1") })
            Assert.Equal(CodeVerdict.Void, await codes.TryAsync(_case, typed, form, default));

        _time.Advance(TimeSpan.FromMinutes(DownloadCodes.Minutes));
        Assert.Equal(CodeVerdict.Void, await codes.TryAsync(_case, code, "form-1", default));
    }

    private static string Other(string code) => code == "000000" ? "000001" : "000000";

    private async Task<string> IssueAsync(DownloadCodes codes)
    {
        var code = await codes.IssueAsync(_case, default);
        Assert.NotNull(code);
        return code;
    }

    private async Task<DownloadCodes> OpenAsync()
    {
        var storage = (await SharedRecords.OpenAsync(_time)).Storage;
        var pepper = Options.Create(new PrivacyOptions { Pepper = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) });
        return new(storage, new(storage, pepper, _time), _time);
    }
}
