using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using PrivacyFunctions.Backups;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Backups;

/// <summary>A backup that is not whole is never taken for one.</summary>
[Clause("T-BACKUP")]
public class VerifyTests
{
    [Fact]
    public async Task Verify_AChangedByte_Fails() => await FailsAsync(content =>
    {
        content[content.Length / 2] ^= 1;
        return content;
    });

    [Fact]
    public async Task Verify_AnEndThatIsMissing_Fails() => await FailsAsync(content => content[..^1]);

    [Fact]
    public async Task Verify_AChunkThatIsMissing_Fails() => await FailsAsync(_ => null);

    [Fact]
    public async Task Verify_ALargeFileThatWasChanged_Fails()
    {
        var company = await BackedUpCompany.CreateAsync();
        await company.Container("profile-photos").GetBlobClient("p-1/large")
            .UploadAsync(new BinaryData(RandomNumberGenerator.GetBytes(FileLine.Largest + 1)));
        var chunk = Assert.Single((await company.CopyAsync()).Chunks);
        await company.VerifyAsync();

        await company.Backups.GetBlobClient(BackupLayout.Folder(company.Today) + chunk.Name)
            .UploadAsync(new BinaryData("something else"), overwrite: true);

        await Assert.ThrowsAsync<InvalidDataException>(company.VerifyAsync);
    }

    [Fact]
    public async Task Verify_AChunkWithOtherRowsThanTheManifestSays_Fails()
    {
        var company = await WithOneRowAsync();
        var manifest = await company.CopyAsync();
        var chunk = Assert.Single(manifest.Chunks);
        await company.StoreAsync(manifest with { Chunks = [chunk with { Rows = 2 }] });

        await Assert.ThrowsAsync<InvalidDataException>(company.VerifyAsync);
    }

    [Fact]
    public async Task Verify_AChunkThatIsNoGzip_Fails()
    {
        var company = await WithOneRowAsync();
        var manifest = await company.CopyAsync();
        var noise = new BinaryData(Encoding.UTF8.GetBytes("{}\n"));
        var chunk = Assert.Single(manifest.Chunks) with { Sha256 = Convert.ToHexStringLower(SHA256.HashData(noise)) };
        await company.Backups.GetBlobClient(BackupLayout.Folder(company.Today) + chunk.Name).UploadAsync(noise, overwrite: true);
        await company.StoreAsync(manifest with { Chunks = [chunk] });

        await Assert.ThrowsAsync<InvalidDataException>(company.VerifyAsync);
    }

    [Fact]
    public async Task Look_IntoADamagedChunk_SaysSoAndNotThatTheAccountIsGone()
    {
        var company = await BackedUpCompany.CreateAsync();
        await company.AddAsync(AccountId.Parse("a-1"));
        await company.BackUpAsync();
        await DamageAsync(company, content => content[..^1]);

        await Assert.ThrowsAsync<InvalidDataException>(
            () => company.LookForAsync(AccountId.Parse("a-1"), BackedUpCompany.FirstNight.AddDays(-1)));
    }

    private static async Task FailsAsync(Func<byte[], byte[]?> change)
    {
        var company = await WithOneRowAsync();
        await company.CopyAsync();
        await company.VerifyAsync();
        await DamageAsync(company, change);

        await Assert.ThrowsAsync<InvalidDataException>(company.VerifyAsync);
    }

    private static async Task<BackedUpCompany> WithOneRowAsync()
    {
        var company = await BackedUpCompany.CreateAsync();
        await company.Table("profiles").AddEntityAsync(new TableEntity("p-1", "profile") { ["Name"] = "Somebody" });
        return company;
    }

    private static async Task DamageAsync(BackedUpCompany company, Func<byte[], byte[]?> change)
    {
        var stored = (await company.Archive.FindAsync(company.Today, default))!.Manifest;
        foreach (var chunk in stored.Chunks)
        {
            var blob = company.Backups.GetBlobClient(BackupLayout.Folder(company.Today) + chunk.Name);
            var content = (await blob.DownloadContentAsync()).Value.Content.ToArray();
            if (change(content) is { } changed) await blob.UploadAsync(new BinaryData(changed), overwrite: true);
            else await blob.DeleteAsync();
        }
    }
}
