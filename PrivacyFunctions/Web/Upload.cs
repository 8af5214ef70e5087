namespace PrivacyFunctions.Web;

/// <summary>What was posted with files. It keeps its place in memory until it is disposed of.</summary>
/// <param name="instead">What was posted where it brings no files, or the answer to what cannot be read.</param>
internal sealed class Upload(Submission? instead = null) : IDisposable
{
    /// <summary>Its fields, or the answer to what cannot be read.</summary>
    public Submission Submission => instead ?? new Submission.Fields(Values);

    /// <summary>The fields that came so far.</summary>
    public Dictionary<string, string> Values { get; } = new(StringComparer.Ordinal);

    /// <summary>The files, in their order; no more than were allowed.</summary>
    public List<UploadedFile> Files { get; } = [];

    /// <summary>How many files were sent.</summary>
    public int Chosen { get; set; }

    /// <summary>Why it was not read to the end; the fields that came before are there.</summary>
    public UploadFault Fault { get; set; }

    /// <summary>Where its files have a place; null while they have none.</summary>
    public SemaphoreSlim? Place { get; set; }

    public void Dispose()
    {
        Place?.Release();
        Place = null;
    }
}

/// <summary>A file.</summary>
/// <param name="Name">Its name where it came from, as it was sent.</param>
/// <param name="Content">Its bytes; null if it is larger than was allowed.</param>
internal sealed record UploadedFile(string Name, byte[]? Content)
{
    /// <summary>Withholds it from logs.</summary>
    public override string ToString() => "(file)";
}

/// <summary>Why files were not read to the end.</summary>
internal enum UploadFault
{
    None,

    /// <summary>All of it together is larger than <see cref="Uploads.MostBytes"/>.</summary>
    TooMuch,

    /// <summary>Too many send files at this moment.</summary>
    Busy,
}
