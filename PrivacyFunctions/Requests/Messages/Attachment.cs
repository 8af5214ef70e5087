using System.Security.Cryptography;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Messages.Model;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests.Messages;

/// <summary>A file that comes with a message.</summary>
/// <param name="File">What is known of it.</param>
/// <param name="Content">What it holds.</param>
internal sealed record Attachment(MessageFile File, byte[] Content)
{
    /// <summary>The field of the form.</summary>
    public const string Field = "files";

    private const string Again = "Please choose your files again, as this page cannot keep them.";

    /// <summary>Reads the files that were sent.</summary>
    /// <returns>The files, and what is wrong with them in words; null if nothing is.</returns>
    public static (IReadOnlyList<Attachment> Files, string? Mistake) Read(Upload upload)
    {
        var files = upload.Files.Select(sent => (sent, Kind: sent.Content is { Length: > 0 } content ? Attachments.KindOf(content) : null)).ToList();
        List<string> mistakes = [.. upload.Fault switch
        {
            UploadFault.TooMuch => [$"All your files together are too large: a message takes at most {Attachments.Most} files of {Attachments.MostMegabytes} MB."],
            UploadFault.Busy => ["Many people are sending us files at this moment. Please try again in a minute."],
            _ when upload.Chosen > Attachments.Most => [$"A message takes at most {Attachments.Most} files. You can send more of them with another message."],
            _ => files.Select(each => WrongWith(each.sent, each.Kind)).OfType<string>(),
        }];
        return mistakes.Count > 0
            ? ([], $"{string.Join(' ', mistakes)} {Again}")
            : ([.. files.Select(each => new Attachment(
                new(Attachments.NameOf(each.sent.Name, each.Kind!.Value), each.Kind.Value.MediaType, each.sent.Content!.Length), each.sent.Content))], null);
    }

    /// <summary>What to say of files that would be lost with a mistake in another field; null if there are none.</summary>
    public static string? Lost(IReadOnlyList<Attachment> files) => files.Count > 0 ? Again : null;

    /// <summary>Who wrote a message, with what came with it: other files make another message of the same words.</summary>
    public static string Join(string by, IReadOnlyList<Attachment> files) => files.Count == 0
        ? by
        : $"{by} with {string.Join('\t', files.Select(each => $"{Convert.ToHexStringLower(SHA256.HashData(each.Content))} {each.File.Name}"))}";

    private static string? WrongWith(UploadedFile sent, AttachmentKind? kind) => sent.Content switch
    {
        null => $"The file “{Attachments.NameOf(sent.Name)}” is larger than {Attachments.MostMegabytes} MB.",
        { Length: 0 } => $"The file “{Attachments.NameOf(sent.Name)}” is empty.",
        _ when kind is null => $"The file “{Attachments.NameOf(sent.Name)}” is no PDF, no PNG or JPEG image and no plain text.",
        _ => null,
    };

    /// <summary>Withholds it from logs.</summary>
    public override string ToString() => "(file)";
}
